#include "common/language/locale_format.hpp"

namespace wardroom::language {

// Windows brings an ICU that could say all this; until it is asked, numbers and days are English's.
std::string plural_category(const std::string&, std::int64_t number) {
  return number == 1 ? "one" : "other";
}

std::string grouped_number(const std::string&, std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string day_by_skeleton(const std::string&, const std::string&, std::chrono::sys_days) {
  return {};
}

}  // namespace wardroom::language
