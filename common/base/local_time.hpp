#pragma once

#include <chrono>
#include <ctime>
#include <optional>
#include <string>

// What this PC's clock on the wall shows.
namespace wardroom {

// Nothing: the system can't say it of so distant a time.
std::optional<std::tm> local_time(std::time_t at);
// How far it is ahead of UTC then.
std::chrono::minutes utc_offset(std::time_t at);
// As people call it, "CET"; empty: the system doesn't say.
std::string local_zone_name(std::time_t at);

}  // namespace wardroom
