#include "common/desk/app/local_time_zone.hpp"

#include <ctime>

namespace wardroom::desk {
namespace {

using std::chrono::days;
using std::chrono::minutes;

minutes utc_offset(TimePoint at) {
  const auto seconds = static_cast<std::time_t>(to_unix_ms(at) / 1000);
  std::tm local{};
#ifdef _WIN32
  if (localtime_s(&local, &seconds) != 0) return {};
  const std::time_t shifted = _mkgmtime(&local);
#else
  if (!localtime_r(&seconds, &local)) return {};
  const std::time_t shifted = timegm(&local);
#endif
  return minutes{(shifted - seconds) / 60};
}

// The first minute in (from, to] at which the offset is no longer `before`.
TimePoint change_between(TimePoint from, TimePoint to, minutes before) {
  while (to - from > minutes{1}) {
    const auto middle = from + std::chrono::floor<minutes>((to - from) / 2);
    (utc_offset(middle) == before ? from : to) = middle;
  }
  return to;
}

}  // namespace

TimeZone local_time_zone() {
  using namespace std::chrono_literals;
  const TimePoint first = std::chrono::sys_days{2000y / 1 / 1};
  const TimePoint last = std::chrono::sys_days{2050y / 1 / 1};
  TimeZone zone;
  zone.spans.push_back({first, utc_offset(first)});
  // No zone changes its clocks twice within a month but for rare decrees, which cost a shown hour there.
  for (TimePoint at = first; at < last; at += days{28}) {
    const auto before = zone.spans.back().offset;
    const auto after = utc_offset(at + days{28});
    if (after != before) zone.spans.push_back({change_between(at, at + days{28}, before), after});
  }
  return zone;
}

}  // namespace wardroom::desk
