#include "common/desk/model/words.hpp"

#include <array>
#include <cstdio>
#include <optional>

#include "common/language/locale_format.hpp"
#include "common/language/tr.hpp"

namespace wardroom::desk {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

struct LocalTime {
  std::chrono::sys_days day;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

LocalTime local_time(const TimeZone& zone, TimePoint t) {
  using namespace std::chrono;
  const auto local = floor<seconds>(t + zone.offset_at(t));
  const auto day = floor<days>(local);
  return {day, year_month_day{day}, hh_mm_ss<seconds>{local - day}};
}

std::string two_digits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string clock_of(const LocalTime& at) {
  return two_digits(at.time.hours().count()) + ":" + two_digits(at.time.minutes().count());
}

std::string year_of(const LocalTime& at) {
  return " " + std::to_string(static_cast<int>(at.date.year()));
}

// As the language in use has it; English keeps to the way it is written in the office, day before month.
std::string by_skeleton(const LocalTime& at, const char* skeleton) {
  const std::string used = language::used_language();
  return used == "en" ? std::string{} : language::day_by_skeleton(used, skeleton, at.day);
}

// "19 November"
std::string date_of(const LocalTime& at) {
  if (auto text = by_skeleton(at, "dMMMM"); !text.empty()) return text;
  return std::to_string(static_cast<unsigned>(at.date.day())) + " " +
         std::string(kMonths[static_cast<unsigned>(at.date.month()) - 1]);
}

// "19 November 2026"
std::string dated_of(const LocalTime& at) {
  if (auto text = by_skeleton(at, "dMMMMy"); !text.empty()) return text;
  return date_of(at) + year_of(at);
}

// "Thursday, 19 November"
std::string day_of(const LocalTime& at) {
  if (auto text = by_skeleton(at, "EEEEdMMMM"); !text.empty()) return text;
  return std::string(kWeekdays[std::chrono::weekday{at.day}.c_encoding()]) + ", " + date_of(at);
}

// "Thursday, 19 November 2026"
std::string dated_day_of(const LocalTime& at) {
  if (auto text = by_skeleton(at, "EEEEdMMMMy"); !text.empty()) return text;
  return day_of(at) + year_of(at);
}

// Of "2026-11-19T09:14:06.812Z"; nothing: it isn't written so.
std::optional<TimePoint> read_record_time(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(at, count)) value = value * 10 + (c - '0');
    return value;
  };
  const year_month_day date{year{number(0, 4)}, month{static_cast<unsigned>(number(5, 2))},
                            day{static_cast<unsigned>(number(8, 2))}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date} + hours{number(11, 2)} + minutes{number(14, 2)} + seconds{number(17, 2)} +
         milliseconds{number(20, 3)};
}

}  // namespace

std::string grouped(std::int64_t number) {
  return language::grouped_number(language::used_language(), number);
}

std::string counted(std::int64_t number, std::string_view noun) {
  return grouped(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

std::string clock_text(const TimeZone& zone, TimePoint t) {
  return clock_of(local_time(zone, t));
}

std::string day_text(const TimeZone& zone, TimePoint t, TimePoint now) {
  const auto at = local_time(zone, t);
  return at.date.year() == local_time(zone, now).date.year() ? day_of(at) : dated_day_of(at);
}

std::string month_name(std::chrono::month month) {
  const std::chrono::sys_days day{std::chrono::year{2000} / month / 1};
  const std::string used = language::used_language();
  if (used != "en")
    if (auto text = language::day_by_skeleton(used, "LLLL", day); !text.empty()) return text;
  return std::string(kMonths[static_cast<unsigned>(month) - 1]);
}

std::string month_text(std::chrono::year_month month) {
  const std::string used = language::used_language();
  if (used != "en")
    if (auto text = language::day_by_skeleton(used, "yMMMM", std::chrono::sys_days{month / 1}); !text.empty())
      return text;
  return month_name(month.month()) + " " + std::to_string(static_cast<int>(month.year()));
}

std::string past_text(const TimeZone& zone, TimePoint t, TimePoint now) {
  const auto at = local_time(zone, t);
  const auto today = local_time(zone, now);
  if (at.day >= today.day) return tr("today {0}", clock_of(at));
  if (today.day - at.day == std::chrono::days{1}) return tr("yesterday {0}", clock_of(at));
  return at.date.year() == today.date.year() ? date_of(at) : dated_of(at);
}

std::string coming_text(const TimeZone& zone, TimePoint t, TimePoint now) {
  const std::string clock = clock_text(zone, t);
  if (local_day(zone, t) == local_day(zone, now)) return clock;
  return tr("{0} on {1}", clock, day_text(zone, t, now));
}

std::string moment_text(const TimeZone& zone, TimePoint t) {
  const auto at = local_time(zone, t);
  return dated_of(at) + ", " + clock_of(at);
}

std::string full_text(const TimeZone& zone, TimePoint t) {
  const auto at = local_time(zone, t);
  return dated_day_of(at) + ", " + clock_of(at) + ":" + two_digits(at.time.seconds().count());
}

std::string zone_text(const TimeZone& zone, TimePoint t) {
  const auto minutes = zone.offset_at(t).count();
  if (minutes == 0) return "UTC";
  const auto size = minutes < 0 ? -minutes : minutes;
  std::string text = (minutes < 0 ? "UTC-" : "UTC+") + std::to_string(size / 60);
  if (size % 60 != 0) text += ":" + two_digits(size % 60);
  return text;
}

std::string record_time_text(std::string_view rfc3339, TimePoint now) {
  if (rfc3339.size() < 24) return std::string(rfc3339);
  const auto number = [&](std::size_t at) { return (rfc3339[at] - '0') * 10 + (rfc3339[at + 1] - '0'); };
  const int month = number(5);
  if (month < 1 || month > 12) return std::string(rfc3339);
  std::string text = std::to_string(number(8)) + ' ';
  text += kMonths[static_cast<std::size_t>(month) - 1].substr(0, 3);
  text += ' ';
  const auto year = std::to_string(static_cast<int>(local_time({}, now).date.year()));
  if (rfc3339.substr(0, 4) != year)
    return text + std::string(rfc3339.substr(0, 4)) + ' ' + std::string(rfc3339.substr(11, 8));
  return text + std::string(rfc3339.substr(11, 12));
}

std::string local_record_time(const TimeZone& zone, std::string_view rfc3339, TimePoint now) {
  const auto t = read_record_time(rfc3339);
  if (!t) return record_time_text(rfc3339, now);
  const TimePoint local = *t + zone.offset_at(*t);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto ms = (local - day).count();
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60),
                static_cast<int>(ms % 1000));
  return record_time_text(text.data(), now);
}

std::string both_zones_text(const TimeZone& zone, TimePoint t) {
  std::string text = full_text(zone, t) + " (" + zone_text(zone, t) + ")";
  if (zone.offset_at(t).count() != 0) text += " \xC2\xB7 " + full_text({}, t) + " UTC";
  return text;
}

}  // namespace wardroom::desk
