#include "common/desk/app/local_time_zone.hpp"

#include "common/base/local_time.hpp"

namespace wardroom::desk {
namespace {

using std::chrono::days;
using std::chrono::minutes;

minutes offset_at(TimePoint at) {
  return utc_offset(static_cast<std::time_t>(to_unix_ms(at) / 1000));
}

// The first minute in (from, to] at which the offset is no longer `before`.
TimePoint change_between(TimePoint from, TimePoint to, minutes before) {
  while (to - from > minutes{1}) {
    const auto middle = from + std::chrono::floor<minutes>((to - from) / 2);
    (offset_at(middle) == before ? from : to) = middle;
  }
  return to;
}

}  // namespace

TimeZone local_time_zone() {
  using namespace std::chrono_literals;
  const TimePoint first = std::chrono::sys_days{2000y / 1 / 1};
  const TimePoint last = std::chrono::sys_days{2050y / 1 / 1};
  TimeZone zone;
  zone.spans.push_back({first, offset_at(first)});
  // No zone changes its clocks twice within a month but for rare decrees, which cost a shown hour there.
  for (TimePoint at = first; at < last; at += days{28}) {
    const auto before = zone.spans.back().offset;
    const auto after = offset_at(at + days{28});
    if (after != before) zone.spans.push_back({change_between(at, at + days{28}, before), after});
  }
  return zone;
}

}  // namespace wardroom::desk
