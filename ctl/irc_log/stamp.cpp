#include "ctl/irc_log/stamp.hpp"

#include <algorithm>
#include <array>

#include "ctl/irc_log/words.hpp"

namespace wardroom::irc_log {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<std::chrono::month> parse_month(std::string_view text) {
  const auto* found = std::ranges::find(kMonths, text.substr(0, 3));
  if (found == kMonths.end() || text.size() > 3) return std::nullopt;
  return std::chrono::month(static_cast<unsigned>(found - kMonths.begin()) + 1);
}

// "03:21" or "03:21:59" at the front; how long it is, 0 for none.
std::size_t read_time(std::string_view text, std::optional<seconds>& time) {
  const auto hour = digits_at(text, 0, 2, 24);
  const auto minute = digits_at(text, 3, 2, 60);
  if (!hour || !minute || text[2] != ':') return 0;
  time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  if (text.size() < 6 || text[5] != ':') return 5;
  const auto second = digits_at(text, 6, 2, 61);
  if (!second) return 0;
  *time += seconds{std::min(*second, 59u)};  // a leap second ends in the minute that it belongs to
  return 8;
}

// "2007-01-12 03:21:59", "2007-01-12T03:21:59.123456Z".
std::size_t read_date_and_time(std::string_view text, Line& line) {
  const auto day = parse_day(text.substr(0, 10));
  if (!day || text.size() < 16 || (text[10] != ' ' && text[10] != 'T')) return 0;
  std::optional<seconds> time;
  const auto length = read_time(text.substr(11), time);
  if (length == 0) return 0;
  std::size_t end = 11 + length;
  if (end < text.size() && text[end] == '.') {
    ++end;
    while (digits_at(text, end, 1, 10)) ++end;
  }
  line.is_utc = end < text.size() && text[end] == 'Z';
  line.day = day;
  line.time = time;
  return end + (line.is_utc ? 1 : 0);
}

// "Jan 12 03:21:59"
std::size_t read_month_and_time(std::string_view text, Line& line) {
  if (text.size() < 12) return 0;
  const auto month = parse_month(text.substr(0, 3));
  const auto day = digits_at(text, 4, 2, 32);
  if (!month || !day || text[3] != ' ' || text[6] != ' ') return 0;
  std::optional<seconds> time;
  const auto length = read_time(text.substr(7), time);
  if (length == 0) return 0;
  line.month_day = *month / std::chrono::day(*day);
  line.time = time;
  return 7 + length;
}

std::size_t read_any(std::string_view text, Line& line) {
  if (const auto length = read_date_and_time(text, line)) return length;
  return read_time(text, line.time);
}

}  // namespace

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  const auto year = digits_at(text, 0, 4, 10'000);
  const auto month = digits_at(text, 5, 2, 13);
  const auto day = digits_at(text, 8, 2, 32);
  if (text.size() != 10 || !year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

void take_stamp(std::string_view& text, Line& line) {
  Line stamp;
  std::size_t length = 0;
  if (text.starts_with('[')) {
    length = read_any(text.substr(1), stamp);
    if (length == 0 || length + 1 >= text.size() || text[length + 1] != ']') return;
    length += 2;
  } else {
    length = read_month_and_time(text, stamp);
    if (length == 0) length = read_any(text, stamp);
    if (length == 0 || (length < text.size() && kSpace.find(text[length]) == std::string_view::npos)) return;
  }
  text.remove_prefix(length);
  line.time = stamp.time;
  line.day = stamp.day;
  line.month_day = stamp.month_day;
  line.is_utc = stamp.is_utc;
}

void read_long_date(std::string_view text, Line& line) {
  take_word(text);  // the day of the week
  const auto month = parse_month(take_word(text));
  const auto day_text = take_word(text);
  const auto day = digits_at(day_text, 0, day_text.size(), 32);
  std::optional<seconds> time;
  auto year_text = take_word(text);
  if (read_time(year_text, time) > 0) year_text = take_word(text);
  const auto year = digits_at(year_text, 0, 4, 10'000);
  if (!month || !day || !year || year_text.size() != 4) return;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), *month,
                                         std::chrono::day(*day)};
  if (!date.ok()) return;
  line.day = std::chrono::sys_days(date);
  line.time = time.value_or(seconds{0});
}

}  // namespace wardroom::irc_log
