#include "common/text/zone_offset.hpp"

#include <array>
#include <memory>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

namespace wardroom::text {
namespace {

constexpr std::int32_t kMostZoneUnits = 64;
using ZoneName = std::array<UChar, kMostZoneUnits>;

struct CloseCalendar {
  void operator()(UCalendar* calendar) const { ucal_close(calendar); }
};

// Its length in `name`; 0 for what is no name at all.
std::int32_t to_units(std::string_view zone, ZoneName& name) {
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t length = 0;
  u_strFromUTF8(name.data(), kMostZoneUnits, &length, zone.data(), static_cast<std::int32_t>(zone.size()),
                &error);
  return U_FAILURE(error) || length >= kMostZoneUnits ? 0 : length;
}

}  // namespace

std::optional<std::chrono::minutes> zone_offset(std::string_view zone, TimePoint at) {
  ZoneName name{}, canonical{};
  const std::int32_t length = to_units(zone, name);
  UErrorCode error = U_ZERO_ERROR;
  UBool known = 0;
  // ICU takes a name that it doesn't know for UTC.
  ucal_getCanonicalTimeZoneID(name.data(), length, canonical.data(), kMostZoneUnits, &known, &error);
  if (length == 0 || U_FAILURE(error) || !known) return std::nullopt;
  const std::unique_ptr<UCalendar, CloseCalendar> calendar(
      ucal_open(name.data(), length, "en", UCAL_GREGORIAN, &error));
  if (U_FAILURE(error)) return std::nullopt;
  ucal_setMillis(calendar.get(), static_cast<UDate>(to_unix_ms(at)), &error);
  const auto ms =
      ucal_get(calendar.get(), UCAL_ZONE_OFFSET, &error) + ucal_get(calendar.get(), UCAL_DST_OFFSET, &error);
  if (U_FAILURE(error)) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::milliseconds{ms});
}

std::string host_zone() {
  ZoneName name{};
  UErrorCode error = U_ZERO_ERROR;
  const auto length = ucal_getHostTimeZone(name.data(), kMostZoneUnits, &error);
  std::array<char, 4 * kMostZoneUnits> bytes{};
  std::int32_t count = 0;
  u_strToUTF8(bytes.data(), bytes.size(), &count, name.data(), length, &error);
  if (U_FAILURE(error)) return {};
  const std::string zone(bytes.data(), static_cast<std::size_t>(count));
  // What it says when it doesn't know.
  return zone == "Etc/Unknown" ? std::string() : zone;
}

}  // namespace wardroom::text
