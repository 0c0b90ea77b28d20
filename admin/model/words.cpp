#include "admin/model/words.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace wardroom::admin {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

struct LocalTime {
  std::chrono::sys_days day;
  std::chrono::year_month_day date;
  std::string clock;  // "09:14"
};

LocalTime local_time(TimePoint t, std::chrono::minutes utc_offset) {
  using namespace std::chrono;
  const auto local = t + utc_offset;
  const auto day = floor<days>(local);
  const hh_mm_ss time{floor<minutes>(local - day)};
  char clock[32];
  std::snprintf(clock, sizeof clock, "%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()));
  return {day, year_month_day{day}, clock};
}

std::string date_text(const std::chrono::year_month_day& date, bool with_year) {
  std::string text = std::to_string(static_cast<unsigned>(date.day()));
  text += ' ';
  text += kMonths[static_cast<unsigned>(date.month()) - 1];
  if (with_year) text += ' ' + std::to_string(static_cast<int>(date.year()));
  return text;
}

}  // namespace

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string counted(std::int64_t number, std::string_view noun) {
  return grouped(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

std::string past_text(TimePoint t, TimePoint now, std::chrono::minutes utc_offset) {
  const LocalTime then = local_time(t, utc_offset);
  const LocalTime today = local_time(now, utc_offset);
  if (then.day >= today.day) return "today " + then.clock;
  if (today.day - then.day == std::chrono::days{1}) return "yesterday " + then.clock;
  return date_text(then.date, then.date.year() != today.date.year());
}

std::string moment_text(TimePoint t, std::chrono::minutes utc_offset) {
  const LocalTime at = local_time(t, utc_offset);
  return date_text(at.date, true) + ", " + at.clock;
}

std::string record_time_text(std::string_view rfc3339, TimePoint now) {
  if (rfc3339.size() < 24) return std::string(rfc3339);
  const auto number = [&](std::size_t at) { return (rfc3339[at] - '0') * 10 + (rfc3339[at + 1] - '0'); };
  const int month = number(5);
  if (month < 1 || month > 12) return std::string(rfc3339);
  std::string text = std::to_string(number(8)) + ' ';
  text += kMonths[static_cast<std::size_t>(month) - 1].substr(0, 3);
  text += ' ';
  const auto year = std::to_string(static_cast<int>(local_time(now, {}).date.year()));
  if (rfc3339.substr(0, 4) != year)
    return text + std::string(rfc3339.substr(0, 4)) + ' ' + std::string(rfc3339.substr(11, 8));
  return text + std::string(rfc3339.substr(11, 12));
}

RoleChoice role_choice(protocol::Role role) {
  switch (role) {
    case protocol::Role::moderator:
      return RoleChoice::moderator;
    case protocol::Role::auditor:
      return RoleChoice::auditor;
    case protocol::Role::admin:
      return RoleChoice::admin;
    case protocol::Role::guest:
      return RoleChoice::guest;
    case protocol::Role::member:
      break;
  }
  return RoleChoice::member;
}

protocol::Role role_of(RoleChoice choice) {
  switch (choice) {
    case RoleChoice::moderator:
      return protocol::Role::moderator;
    case RoleChoice::auditor:
      return protocol::Role::auditor;
    case RoleChoice::admin:
      return protocol::Role::admin;
    case RoleChoice::guest:
      return protocol::Role::guest;
    case RoleChoice::member:
      break;
  }
  return protocol::Role::member;
}

std::string_view role_title(protocol::Role role) {
  switch (role) {
    case protocol::Role::moderator:
      return "moderator";
    case protocol::Role::auditor:
      return "auditor";
    case protocol::Role::admin:
      return "administrator";
    case protocol::Role::guest:
      return "guest";
    case protocol::Role::member:
      break;
  }
  return "member";
}

}  // namespace wardroom::admin
