#pragma once

#include <chrono>
#include <cstdint>
#include <string>

// What a language does with numbers and days, by ICU (CLDR). Any thread.
namespace wardroom::language {

// "one", "few", "other" …: the form that nouns take beside this number.
std::string plural_category(const std::string& language, std::int64_t number);
// "128,402" in English, "128.402" in German.
std::string grouped_number(const std::string& language, std::int64_t number);
// A day by ICU's skeleton: "MMMMd" is "19 November", "19. November". Empty where ICU can't say.
std::string day_by_skeleton(const std::string& language, const std::string& skeleton,
                            std::chrono::sys_days day);

}  // namespace wardroom::language
