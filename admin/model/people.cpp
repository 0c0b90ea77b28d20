#include "admin/model/people.hpp"

#include <algorithm>

#include "admin/model/erasure.hpp"
#include "admin/model/leaver.hpp"
#include "admin/model/people_order.hpp"
#include "admin/model/person_sessions.hpp"
#include "admin/model/session_life.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using ListParams = protocol::AdminUserList::Params;

ListParams params_of(const PeopleState& people) {
  const PeopleFilter& filter = people.filter;
  ListParams params;
  if (!filter.query.empty()) params.query = filter.query;
  if (filter.role > 0) params.role = role_of(static_cast<RoleChoice>(filter.role - 1));
  if (filter.state > 0) params.disabled = filter.state == 2;
  params.limit = rows_at_once(people);
  return params;
}

bool same_question(const ListParams& a, const ListParams& b) {
  return a.query == b.query && a.role == b.role && a.disabled == b.disabled && a.limit == b.limit;
}

void count_disabled(Turn& turn) {
  ListParams params;
  params.disabled = true;
  params.limit = 1;  // and that row isn't looked at
  turn.call<protocol::AdminUserList>(std::move(params), CountingDisabled{});
}

void put_account(PeopleState& people, const protocol::Account& account) {
  const auto at = std::find_if(people.rows.begin(), people.rows.end(),
                               [&](const protocol::Account& known) { return known.id == account.id; });
  if (at != people.rows.end()) *at = account;
}

void show_invite(PeopleState& people, const Secret& invite, std::string whose, TimePoint until) {
  people.dialog = PeopleDialog::invite_link;
  people.dialog_error.clear();
  people.invite = invite;
  people.invite_for = std::move(whose);
  people.invite_until = until;
}

template <class M>
bool take_change(Turn& turn, const Answer<M>& answer) {
  if (!answer.result) {
    refuse_change(turn, answer.result.error());
    return false;
  }
  turn.state.people.busy = false;
  close_people_dialog(turn.state.people);
  take_account(turn, answer.result->user);
  return true;
}

std::string change_said(const protocol::AdminUserUpdate::Params& asked, const protocol::Account& account) {
  if (asked.role) return account.display_name + " is now " + std::string(role_title(account.role)) + ".";
  if (asked.must_change_password) return account.display_name + " is asked for a new password.";
  return account.display_name + "'s account was changed.";
}

}  // namespace

bool begin_change(Turn& turn) {
  auto& people = turn.state.people;
  if (people.busy) return false;
  people.dialog_error.clear();
  if (turn.state.online()) return people.busy = true;
  refuse_change(turn, unavailable("There is no connection to the server now. Nothing was changed."));
  return false;
}

void refuse_change(Turn& turn, const Error& error) {
  auto& people = turn.state.people;
  people.busy = false;
  if (people.dialog == PeopleDialog::none || people.dialog == PeopleDialog::invite_link)
    show_toast(turn, error.message);
  else
    people.dialog_error = error.message;
}

void close_people_dialog(PeopleState& people) {
  people.dialog = PeopleDialog::none;
  people.dialog_error.clear();
  people.invite = {};
  people.reset_code = {};
  people.leaver = {};
  people.erase.reset();
}

void take_account(Turn& turn, const protocol::Account& account) {
  put_account(turn.state.people, account);
  load_people(turn);
}

void load_people(Turn& turn) {
  auto& people = turn.state.people;
  people.search_due.reset();
  if (!turn.call<protocol::AdminUserList>(params_of(people))) return;
  people.loading = true;
  count_disabled(turn);
}

void search_when_due(Turn& turn) {
  const auto& due = turn.state.people.search_due;
  if (due && *due <= turn.state.now) load_people(turn);
}

void fold(Turn& turn, const FilterPeople& action) {
  auto& people = turn.state.people;
  const bool typed = action.filter.role == people.filter.role && action.filter.state == people.filter.state;
  people.filter = action.filter;
  ++people.list_number;
  if (typed)
    people.search_due = turn.state.now + kTypingPause;
  else
    load_people(turn);
}

void fold(Turn& turn, const LoadMorePeople&) {
  auto& people = turn.state.people;
  if (!people.more || people.loading || people.rows.empty()) return;
  auto params = params_of(people);
  params.after = people.rows.back().name;
  people.loading = turn.call<protocol::AdminUserList>(std::move(params));
}

void sort_people(Turn& turn, std::size_t column) {
  if (!press_title(turn.state.people, column, arrange_accounts)) load_people(turn);
}

void fold(Turn& turn, const TickPerson& action) {
  auto& people = turn.state.people;
  if (people.ticked.erase(action.person) > 0) return;
  for (const auto& account : people.rows)
    if (account.id == action.person) people.ticked.emplace(account.id, account.display_name);
}

void fold(Turn& turn, const TickShownPeople& action) {
  auto& people = turn.state.people;
  for (const auto& account : people.rows) {
    if (action.on)
      people.ticked.emplace(account.id, account.display_name);
    else
      people.ticked.erase(account.id);
  }
}

void fold(Turn& turn, const UntickPeople&) {
  turn.state.people.ticked.clear();
}

void fold(Turn& turn, const SelectPerson& action) {
  auto& people = turn.state.people;
  if (people.selected == action.person) return;
  people.selected = action.person;
  load_person_sessions(turn);
}

void fold(Turn& turn, const ShowPeopleDialog& action) {
  auto& people = turn.state.people;
  close_people_dialog(people);
  people.dialog = action.dialog;
  if (action.dialog == PeopleDialog::leaver) begin_leaver(turn, people.selected);
  if (action.dialog == PeopleDialog::erase) begin_erasure(turn, people.selected);
}

void fold(Turn& turn, const AddPerson& action) {
  if (!begin_change(turn)) return;
  protocol::AdminUserCreate::Params params;
  params.name = action.name;
  if (!action.display_name.empty()) params.display_name = action.display_name;
  if (!action.email.empty()) params.email = action.email;
  params.role = role_of(action.role);
  turn.call<protocol::AdminUserCreate>(std::move(params));
}

void fold(Turn& turn, const MakeInvite& action) {
  if (!begin_change(turn)) return;
  turn.call<protocol::AdminInviteCreate>({action.person, {}, {}});
}

void fold(Turn& turn, const EnablePerson& action) {
  if (begin_change(turn)) turn.call<protocol::AdminUserEnable>({action.person});
}

void fold(Turn& turn, const ChangeRole& action) {
  if (!begin_change(turn)) return;
  protocol::AdminUserUpdate::Params params;
  params.user = action.person;
  params.role = role_of(action.role);
  turn.call<protocol::AdminUserUpdate>(std::move(params));
}

void fold(Turn& turn, const EditPerson& action) {
  if (!begin_change(turn)) return;
  protocol::AdminUserUpdate::Params params;
  params.user = action.person;
  params.display_name = action.display_name;
  params.email = action.email;
  turn.call<protocol::AdminUserUpdate>(std::move(params));
}

void fold(Turn& turn, const AskForPassword& action) {
  if (!begin_change(turn)) return;
  protocol::AdminUserUpdate::Params params;
  params.user = action.person;
  params.must_change_password = true;
  turn.call<protocol::AdminUserUpdate>(std::move(params));
}

void fold(Turn& turn, const Answer<protocol::AdminUserList>& answer) {
  auto& people = turn.state.people;
  // The filter has changed since, or the list was asked for again.
  if (!same_question(answer.params, params_of(people))) return;
  const bool first = !answer.params.after;
  if (!first && (people.coming().empty() || people.coming().back().name != *answer.params.after)) return;
  people.loading = false;
  if (!answer.result) {
    give_up_order(people);
    if (!turn.state.online()) return;
    if (first && !people.loaded)
      people.error = answer.result.error().message;
    else
      show_toast(turn, answer.result.error().message);
    return;
  }
  const auto& page = *answer.result;
  people.total = page.total;
  if (!take_page(people, first, page.users, page.more, arrange_accounts)) return;
  auto next = params_of(people);
  next.after = people.coming().back().name;
  people.loading = turn.call<protocol::AdminUserList>(std::move(next));
}

void fold(Turn& turn, const Answer<protocol::AdminUserList, CountingDisabled>& answer) {
  if (answer.result) turn.state.people.disabled = answer.result->total;
}

void fold(Turn& turn, const Answer<protocol::AdminUserCreate>& answer) {
  auto& people = turn.state.people;
  if (!answer.result) return refuse_change(turn, answer.result.error());
  people.busy = false;
  people.selected = answer.result->user.id;
  people.sessions = {};
  show_invite(people, answer.result->invite, answer.result->user.display_name, answer.result->expires_at);
  load_people(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserUpdate>& answer) {
  State& state = turn.state;
  if (!take_change(turn, answer)) return;
  const auto& account = answer.result->user;
  show_toast(turn, change_said(answer.params, account), false);
  if (state.me && account.id == state.me->id) take_own_role(turn, account.role);
}

void fold(Turn& turn, const Answer<protocol::AdminUserEnable>& answer) {
  if (take_change(turn, answer))
    show_toast(turn, answer.result->user.display_name + " can sign in again.", false);
}

void fold(Turn& turn, const Answer<protocol::AdminInviteCreate>& answer) {
  auto& people = turn.state.people;
  if (!answer.result) return refuse_change(turn, answer.result.error());
  people.busy = false;
  std::string whose;
  if (answer.params.user)
    for (const auto& account : people.rows)
      if (account.id == *answer.params.user) whose = account.display_name;
  show_invite(people, answer.result->invite, std::move(whose), answer.result->expires_at);
}

}  // namespace wardroom::admin
