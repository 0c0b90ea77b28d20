#include "client/model/time_zone.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace wardroom::client {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

struct LocalTime {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

LocalTime local_time(const TimeZone& zone, TimePoint t) {
  using namespace std::chrono;
  const auto local = floor<seconds>(t + zone.offset_at(t));
  const auto day = floor<days>(local);
  return {year_month_day{day}, weekday{day}, hh_mm_ss<seconds>{local - day}};
}

std::string day_of(const LocalTime& at) {
  std::string text(kWeekdays[at.weekday.c_encoding()]);
  text += ", ";
  text += std::to_string(static_cast<unsigned>(at.date.day()));
  text += ' ';
  text += kMonths[static_cast<unsigned>(at.date.month()) - 1];
  return text;
}

void append_two_digits(std::string& out, long value) {
  out.push_back(static_cast<char>('0' + value / 10));
  out.push_back(static_cast<char>('0' + value % 10));
}

}  // namespace

std::chrono::minutes TimeZone::offset_at(TimePoint t) const {
  if (spans.empty()) return std::chrono::minutes{0};
  const auto after = std::upper_bound(spans.begin(), spans.end(), t,
                                      [](TimePoint at, const Span& span) { return at < span.from; });
  return after == spans.begin() ? spans.front().offset : std::prev(after)->offset;
}

std::chrono::days local_day(const TimeZone& zone, TimePoint t) {
  return std::chrono::floor<std::chrono::days>((t + zone.offset_at(t)).time_since_epoch());
}

std::string clock_text(const TimeZone& zone, TimePoint t) {
  const auto at = local_time(zone, t);
  std::string text;
  append_two_digits(text, at.time.hours().count());
  text.push_back(':');
  append_two_digits(text, at.time.minutes().count());
  return text;
}

std::string day_text(const TimeZone& zone, TimePoint t, TimePoint now) {
  const auto at = local_time(zone, t);
  std::string text = day_of(at);
  if (at.date.year() != local_time(zone, now).date.year())
    text += " " + std::to_string(static_cast<int>(at.date.year()));
  return text;
}

std::string full_text(const TimeZone& zone, TimePoint t) {
  const auto at = local_time(zone, t);
  std::string text = day_of(at) + " " + std::to_string(static_cast<int>(at.date.year())) + ", ";
  append_two_digits(text, at.time.hours().count());
  text.push_back(':');
  append_two_digits(text, at.time.minutes().count());
  text.push_back(':');
  append_two_digits(text, at.time.seconds().count());
  return text;
}

}  // namespace wardroom::client
