#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "common/base/clock.hpp"

namespace wardroom::irc_log {

using LocalTime = std::chrono::local_time<std::chrono::seconds>;

// What clock a log's times were read from.
struct Zone {
  std::string name;  // as a person reads it: "Europe/Berlin", "UTC+09:00", "local time (CET)"
  std::function<TimePoint(LocalTime)> to_utc;
};

Zone utc();
// That of this machine, or of TZ.
Zone local_zone();
// "UTC", "+09:00", "-0530", or a name of the tz database; nothing for anything else.
std::optional<Zone> parse_zone(const std::string& text);

}  // namespace wardroom::irc_log
