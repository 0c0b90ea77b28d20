#include "admin/model/sessions.hpp"

#include "admin/model/list_order.hpp"
#include "admin/model/named.hpp"
#include "admin/model/pages.hpp"

namespace wardroom::admin {
namespace {

OrderKey session_key(const protocol::SessionInfo& session, SessionsColumn column) {
  switch (column) {
    case SessionsColumn::person:
      return words_key(session.user.display_name);
    case SessionsColumn::device:
      return words_key(session.device);
    case SessionsColumn::client:
      return words_key(session.client);
    case SessionsColumn::from:
      return address_key(session.ip);
    case SessionsColumn::since:
      return time_key(session.created_at);
    case SessionsColumn::last_used:
      return time_key(session.last_used_at);
    case SessionsColumn::state:
      return {"", session.current ? 0 : session.connected ? 1 : 2};
  }
  return {};
}

void arrange_sessions(std::vector<protocol::SessionInfo>& list, const ListSort& sort) {
  const auto by = [&](SessionsColumn column, bool descending) {
    put_in_order(list, descending,
                 [&](const protocol::SessionInfo& session) { return session_key(session, column); });
  };
  // Those that are equal stand as the server gives them: last used first.
  by(SessionsColumn::last_used, true);
  by(static_cast<SessionsColumn>(sort.column), sort.descending);
}

// From the first page on, or behind what is here.
bool ask_for_sessions(Turn& turn, std::optional<SessionId> after) {
  auto& sessions = turn.state.sessions;
  return turn.call<protocol::AdminSessionList>({sessions.person, after, rows_at_once(sessions)});
}

void show_of(Turn& turn, std::optional<UserId> person, std::string name) {
  auto& sessions = turn.state.sessions;
  const bool other = sessions.person != person;
  sessions.person = person;
  sessions.person_name = std::move(name);
  sessions.finding.clear();
  sessions.filter_error.clear();
  if (other) {
    sessions.rows.clear();
    sessions.gathered.clear();
    ++sessions.list_number;
    sessions.loaded = false;
    sessions.selected = {};
  }
  load_sessions(turn);
}

// The name of somebody who stands in one of the lists.
std::string name_of(const State& state, UserId person) {
  for (const auto& session : state.sessions.rows)
    if (session.user.id == person) return session.user.display_name;
  for (const auto& account : state.people.rows)
    if (account.id == person) return account.display_name;
  return "one person";
}

}  // namespace

void load_sessions(Turn& turn) {
  if (ask_for_sessions(turn, {})) turn.state.sessions.loading = true;
}

void sort_sessions(Turn& turn, std::size_t column) {
  if (!press_title(turn.state.sessions, column, arrange_sessions)) load_sessions(turn);
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
  if (!sessions.more || sessions.loading || sessions.rows.empty()) return;
  sessions.loading = ask_for_sessions(turn, sessions.rows.back().id);
}

void fold(Turn& turn, const RefreshSessions&) {
  if (!turn.state.sessions.loading) load_sessions(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminSessionList>& answer) {
  auto& sessions = turn.state.sessions;
  const auto& asked = answer.params;
  // Another person is shown since, or another order was asked for.
  if (asked.user != sessions.person || asked.limit != rows_at_once(sessions)) return;
  if (asked.after && (sessions.coming().empty() || sessions.coming().back().id != *asked.after)) return;
  sessions.loading = false;
  if (!answer.result) {
    give_up_order(sessions);
    if (!turn.state.online()) return;
    if (sessions.loaded) return show_toast(turn, answer.result.error().message);
    sessions.error = answer.result.error().message;
    return;
  }
  const auto& page = *answer.result;
  if (take_page(sessions, !asked.after, page.sessions, page.more, arrange_sessions))
    sessions.loading = ask_for_sessions(turn, sessions.coming().back().id);
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
