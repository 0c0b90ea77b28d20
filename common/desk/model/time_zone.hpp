#pragma once

#include <chrono>
#include <vector>

#include "common/base/clock.hpp"

namespace wardroom::desk {

// The PC's time zone as a value: since when which offset from UTC holds. Without spans it is UTC.
struct TimeZone {
  struct Span {
    TimePoint from;
    std::chrono::minutes offset{0};
  };
  std::vector<Span> spans;  // ascending; the first one's offset holds before it, too

  std::chrono::minutes offset_at(TimePoint t) const;
};

// On the person's own calendar: which day that moment is on, and when that day begins.
std::chrono::sys_days local_day(const TimeZone& zone, TimePoint t);
TimePoint start_of_day(const TimeZone& zone, std::chrono::sys_days day);

}  // namespace wardroom::desk
