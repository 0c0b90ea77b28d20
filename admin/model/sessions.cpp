#include "admin/model/sessions.hpp"

#include "admin/model/named.hpp"
#include "admin/model/pages.hpp"

namespace wardroom::admin {
namespace {

void show_of(Turn& turn, std::optional<UserId> person, std::string name) {
  auto& sessions = turn.state.sessions;
  const bool other = sessions.person != person;
  sessions.person = person;
  sessions.person_name = std::move(name);
  sessions.finding.clear();
  sessions.filter_error.clear();
  if (other) {
    sessions.list.clear();
    sessions.loaded = false;
    sessions.selected = {};
  }
  load_sessions(turn);
}

// The name of somebody who stands in one of the lists.
std::string name_of(const State& state, UserId person) {
  for (const auto& session : state.sessions.list)
    if (session.user.id == person) return session.user.display_name;
  for (const auto& account : state.people.accounts)
    if (account.id == person) return account.display_name;
  return "one person";
}

}  // namespace

void load_sessions(Turn& turn) {
  auto& sessions = turn.state.sessions;
  if (turn.call<protocol::AdminSessionList>({sessions.person, {}, kRowsAtOnce})) sessions.loading = true;
}

void fold(Turn& turn, const ShowSessionsOf& action) {
  if (!may_open(turn.state, Page::sessions)) return;
  turn.state.page = Page::sessions;
  if (!action.person.is_set()) return show_of(turn, {}, {});
  show_of(turn, action.person, name_of(turn.state, action.person));
}

void fold(Turn& turn, const FindSessionsOf& action) {
  auto& sessions = turn.state.sessions;
  const std::string name = sign_in_name(action.name);
  if (name.empty()) return show_of(turn, {}, {});
  if (turn.call<protocol::UserList>(look_up(name), FindingSessions{})) sessions.finding = name;
}

void fold(Turn& turn, const SelectSession& action) {
  turn.state.sessions.selected = action.session;
}

void fold(Turn& turn, const LoadMoreSessions&) {
  auto& sessions = turn.state.sessions;
  if (!sessions.more || sessions.loading || sessions.list.empty()) return;
  sessions.loading =
      turn.call<protocol::AdminSessionList>({sessions.person, sessions.list.back().id, kRowsAtOnce});
}

void fold(Turn& turn, const RefreshSessions&) {
  if (!turn.state.sessions.loading) load_sessions(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminSessionList>& answer) {
  auto& sessions = turn.state.sessions;
  const auto& asked = answer.params;
  if (asked.user != sessions.person) return;
  if (asked.after && (sessions.list.empty() || sessions.list.back().id != *asked.after)) return;
  sessions.loading = false;
  if (!answer.result) {
    if (!turn.state.online()) return;
    if (sessions.loaded) return show_toast(turn, answer.result.error().message);
    sessions.error = answer.result.error().message;
    return;
  }
  if (!asked.after) sessions.list.clear();
  const auto& page = answer.result->sessions;
  sessions.list.insert(sessions.list.end(), page.begin(), page.end());
  sessions.more = answer.result->more;
  sessions.loaded = true;
  sessions.error.clear();
}

void fold(Turn& turn, const Answer<protocol::UserList, FindingSessions>& answer) {
  auto& sessions = turn.state.sessions;
  if (answer.params.query != sessions.finding || sessions.finding.empty()) return;
  if (const auto next = look_on(answer.params, answer.result))
    if (turn.call<protocol::UserList>(*next, FindingSessions{})) return;
  const auto person = find_person_named(answer.params, answer.result);
  if (person) return show_of(turn, person->id, person->display_name);
  sessions.filter_error = person.error().message;
}

}  // namespace wardroom::admin
