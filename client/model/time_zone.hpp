#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "common/base/clock.hpp"

namespace wardroom::client {

// The PC's time zone as a value: since when which offset from UTC holds. Without spans it is UTC.
struct TimeZone {
  struct Span {
    TimePoint from;
    std::chrono::minutes offset{0};
  };
  std::vector<Span> spans;  // ascending; the first one's offset holds before it, too

  std::chrono::minutes offset_at(TimePoint t) const;
};

// Days since 1 January 1970, on the person's own calendar.
std::chrono::days local_day(const TimeZone& zone, TimePoint t);
// "16:42"
std::string clock_text(const TimeZone& zone, TimePoint t);
// "Thursday, 19 November"; with the year when it isn't `now`'s.
std::string day_text(const TimeZone& zone, TimePoint t, TimePoint now);
// "Thursday, 19 November 2026, 16:42:07"
std::string full_text(const TimeZone& zone, TimePoint t);

}  // namespace wardroom::client
