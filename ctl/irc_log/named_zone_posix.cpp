#include "ctl/irc_log/named_zone.hpp"

#include <memory>

#include <unicode/timezone.h>

namespace wardroom::irc_log {

std::optional<Zone> find_named_zone(const std::string& text) {
  const std::shared_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(text)));
  // ICU takes anything, and answers with a zone of this name for what it doesn't know.
  if (text.empty() || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  return Zone{text, [zone](LocalTime local) {
                int32_t raw = 0;
                int32_t summer = 0;
                UErrorCode status = U_ZERO_ERROR;
                const auto wall = std::chrono::milliseconds(local.time_since_epoch());
                zone->getOffset(static_cast<UDate>(wall.count()), true, raw, summer, status);
                return TimePoint(wall - std::chrono::milliseconds{raw + summer});
              }};
}

}  // namespace wardroom::irc_log
