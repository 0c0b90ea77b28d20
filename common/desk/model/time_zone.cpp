#include "common/desk/model/time_zone.hpp"

#include <algorithm>

namespace wardroom::desk {

std::chrono::minutes TimeZone::offset_at(TimePoint t) const {
  if (spans.empty()) return std::chrono::minutes{0};
  const auto after = std::upper_bound(spans.begin(), spans.end(), t,
                                      [](TimePoint at, const Span& span) { return at < span.from; });
  return after == spans.begin() ? spans.front().offset : std::prev(after)->offset;
}

std::chrono::sys_days local_day(const TimeZone& zone, TimePoint t) {
  return std::chrono::floor<std::chrono::days>(t + zone.offset_at(t));
}

TimePoint start_of_day(const TimeZone& zone, std::chrono::sys_days day) {
  const TimePoint at{day};
  // The clocks may change between the two midnights, here and in UTC: what holds at the one here counts.
  return at - zone.offset_at(at - zone.offset_at(at));
}

}  // namespace wardroom::desk
