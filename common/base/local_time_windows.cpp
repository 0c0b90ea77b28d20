#include "common/base/local_time.hpp"

#include <windows.h>

#include "common/base/wide_text.hpp"

namespace wardroom {

std::optional<std::tm> local_time(std::time_t at) {
  std::tm parts{};
  if (::localtime_s(&parts, &at) != 0) return std::nullopt;
  return parts;
}

std::chrono::minutes utc_offset(std::time_t at) {
  auto parts = local_time(at);
  if (!parts) return {};
  return std::chrono::minutes{(::_mkgmtime(&*parts) - at) / 60};
}

std::string local_zone_name(std::time_t at) {
  DYNAMIC_TIME_ZONE_INFORMATION zone{};
  if (GetDynamicTimeZoneInformation(&zone) == TIME_ZONE_ID_INVALID) return {};
  const auto parts = local_time(at);
  return to_utf8(parts && parts->tm_isdst > 0 ? zone.DaylightName : zone.StandardName);
}

}  // namespace wardroom
