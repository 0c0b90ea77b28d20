#include "admin/model/named.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::admin {
namespace {

// Enough to see that a name is one of several.
constexpr std::int64_t kLookedAt = 10;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::chrono::sys_days> parse_day(std::string_view all) {
  if (all.size() != 10 || all[4] != '-' || all[7] != '-') return std::nullopt;
  const auto year = number_in(all.substr(0, 4));
  const auto month = number_in(all.substr(5, 2));
  const auto day = number_in(all.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

}  // namespace

std::string sign_in_name(std::string text) {
  std::erase(text, ' ');
  if (text.starts_with('@')) text.erase(0, 1);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::optional<RoomId> find_room_named(const State& state, std::string text) {
  std::erase(text, ' ');
  if (text.starts_with('#')) text.erase(0, 1);
  for (const auto& [id, name] : state.rooms.names)
    if (name == text) return id;
  if (const auto number = number_in(text); number && *number > 0) return RoomId{*number};
  return std::nullopt;
}

protocol::UserList::Params look_up(const std::string& name) {
  return {sign_in_name(name), {}, kLookedAt};
}

Result<protocol::User> find_person_named(const std::string& name,
                                         const Result<protocol::UserList::Result>& found) {
  if (!found) return found.error();
  const auto& users = found->users;
  const auto exact =
      std::find_if(users.begin(), users.end(), [&](const protocol::User& user) { return user.name == name; });
  if (exact != users.end()) return *exact;
  if (users.size() == 1) return users.front();
  return not_found(users.empty() ? "Nobody has this name." : "Several people have this name.");
}

Result<Period> parse_period(const std::string& from, const std::string& to, const desk::TimeZone& zone) {
  Period period;
  for (const bool first : {true, false}) {
    const std::string& typed = first ? from : to;
    if (typed.empty()) continue;
    const auto day = parse_day(typed);
    if (!day) return params_error(first ? "from" : "to", "A day is written like 2026-11-20.");
    (first ? period.since : period.until) = start_of_day(zone, first ? *day : *day + std::chrono::days{1});
  }
  return period;
}

}  // namespace wardroom::admin
