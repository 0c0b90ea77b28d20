#include "admin/model/named.hpp"

#include <charconv>

#include "common/text/unicode.hpp"
#include "protocol/limits.hpp"

namespace wardroom::admin {
namespace {

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

const protocol::User* find_exact(const protocol::UserList::Params& asked,
                                 const std::vector<protocol::User>& users) {
  const std::string wanted = text::casefolded(asked.query.value_or(""));
  for (const auto& user : users)
    if (text::casefolded(user.name) == wanted) return &user;
  return nullptr;
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
  const std::string wanted = text::casefolded(text);
  for (const auto& [id, name] : state.rooms.names)
    if (text::casefolded(name) == wanted) return id;
  if (const auto number = number_in(text); number && *number > 0) return RoomId{*number};
  return std::nullopt;
}

protocol::UserList::Params look_up(const std::string& name) {
  return {sign_in_name(name), {}, static_cast<std::int64_t>(protocol::kMaxPage)};
}

std::optional<protocol::UserList::Params> look_on(const protocol::UserList::Params& asked,
                                                  const Result<protocol::UserList::Result>& found) {
  if (!found || !found->more || found->users.empty() || find_exact(asked, found->users)) return std::nullopt;
  auto next = asked;
  next.after = found->users.back().name;
  return next.after == asked.after ? std::nullopt : std::optional(std::move(next));
}

Result<protocol::User> find_person_named(const protocol::UserList::Params& asked,
                                         const Result<protocol::UserList::Result>& found) {
  if (!found) return found.error();
  const auto& users = found->users;
  if (const auto* exact = find_exact(asked, users)) return *exact;
  if (users.empty() && !asked.after) return not_found("Nobody has this name.");
  // Also of the only one: the directory finds by beginnings, and whoever was meant may have another name.
  if (users.size() == 1 && !asked.after)
    return not_found("Nobody has exactly this name. If you mean " + users.front().display_name + ", type " +
                     users.front().name + ".");
  return not_found("Several people have a name like this. Type the whole sign-in name.");
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
