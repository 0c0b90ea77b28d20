#include "ctl/irc_log/zone.hpp"

#include <array>
#include <ctime>

#include "common/base/local_time.hpp"
#include "ctl/irc_log/named_zone.hpp"
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
  const std::string name = local_zone_name(now);
  return {"local time (" + (name.empty() ? "?" : name) + ")", [](LocalTime local) {
            // mktime reads the parts of a clock on the wall, and finds out about summer time.
            const auto day = std::chrono::floor<std::chrono::days>(local);
            const std::chrono::year_month_day date(day);
            const std::chrono::hh_mm_ss clock(local - day);
            std::tm wall{};
            wall.tm_year = static_cast<int>(date.year()) - 1900;
            wall.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
            wall.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
            wall.tm_hour = static_cast<int>(clock.hours().count());
            wall.tm_min = static_cast<int>(clock.minutes().count());
            wall.tm_sec = static_cast<int>(clock.seconds().count());
            wall.tm_isdst = -1;
            return TimePoint(std::chrono::seconds{std::mktime(&wall)});
          }};
}

std::optional<Zone> parse_zone(const std::string& text) {
  if (text == "UTC" || text == "Z") return utc();
  if (const auto offset = parse_offset(text)) return fixed(*offset);
  return find_named_zone(text);
}

}  // namespace wardroom::irc_log
