#include "ctl/irc_log/zone.hpp"

#include <array>
#include <ctime>
#include <memory>

#include <unicode/timezone.h>

#include "ctl/irc_log/words.hpp"

namespace wardroom::irc_log {
namespace {

using std::chrono::minutes;

Zone fixed(minutes offset) {
  const auto size = std::chrono::abs(offset);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "UTC%c%02d:%02d", offset < minutes{0} ? '-' : '+',
                static_cast<int>(size.count() / 60), static_cast<int>(size.count() % 60));
  return {text.data(), [offset](LocalTime local) { return TimePoint(local.time_since_epoch() - offset); }};
}

// "+09:00", "-0530", "+9"
std::optional<minutes> parse_offset(std::string_view text) {
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const std::size_t hour_digits = text.size() == 1 || (text.size() > 1 && text[1] == ':') ? 1 : 2;
  const auto hour = digits_at(text, 0, hour_digits, 15);
  if (!hour) return std::nullopt;
  text.remove_prefix(hour_digits);
  if (text.starts_with(':')) text.remove_prefix(1);
  const auto minute = text.empty() ? std::optional(0u) : digits_at(text, 0, text.size(), 60);
  if (!minute || (!text.empty() && text.size() != 2)) return std::nullopt;
  return sign * (std::chrono::hours{*hour} + minutes{*minute});
}

}  // namespace

Zone utc() {
  return {"UTC", [](LocalTime local) { return TimePoint(local.time_since_epoch()); }};
}

Zone local_zone() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::localtime_r(&now, &parts);
  return {"local time (" + std::string(parts.tm_zone ? parts.tm_zone : "?") + ")", [](LocalTime local) {
            // mktime reads the parts of a clock on the wall, and finds out about summer time.
            const std::time_t as_if_utc = local.time_since_epoch().count();
            std::tm wall{};
            ::gmtime_r(&as_if_utc, &wall);
            wall.tm_isdst = -1;
            return TimePoint(std::chrono::seconds{::mktime(&wall)});
          }};
}

std::optional<Zone> parse_zone(const std::string& text) {
  if (text == "UTC" || text == "Z") return utc();
  if (const auto offset = parse_offset(text)) return fixed(*offset);
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
