#include "admin/model/people.hpp"

#include <algorithm>

#include "admin/model/connection.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using ListParams = protocol::AdminUserList::Params;

constexpr std::int64_t kPage = 100;
constexpr std::chrono::milliseconds kTypingPause{250};

ListParams params_of(const PeopleFilter& filter) {
  ListParams params;
  if (!filter.query.empty()) params.query = filter.query;
  if (filter.role > 0) params.role = role_of(static_cast<RoleChoice>(filter.role - 1));
  if (filter.state > 0) params.disabled = filter.state == 2;
  params.limit = kPage;
  return params;
}

// For the summary: how many of all are disabled. Its only row isn't looked at.
ListParams counting_params() {
  ListParams params;
  params.disabled = true;
  params.limit = 1;
  return params;
}

bool same_filter(const ListParams& a, const ListParams& b) {
  return a.query == b.query && a.role == b.role && a.disabled == b.disabled && a.limit == b.limit;
}

void count_disabled(Turn& turn) {
  turn.call<protocol::AdminUserList>(counting_params());
}

// What stands in the way of a dialog, or of a button without one.
void refuse(Turn& turn, const Error& error) {
  auto& people = turn.state.people;
  people.busy = false;
  if (people.dialog == PeopleDialog::none || people.dialog == PeopleDialog::invite_link)
    show_toast(turn, error.message);
  else
    people.dialog_error = error.message;
}

// Before a request of the dialog goes out. False: there is no connection, and the person was told.
bool begin(Turn& turn) {
  auto& people = turn.state.people;
  if (people.busy) return false;
  people.dialog_error.clear();
  if (turn.state.online()) return people.busy = true;
  refuse(turn, unavailable("There is no connection to the server now. Nothing was changed."));
  return false;
}

void close_dialog(PeopleState& people) {
  people.dialog = PeopleDialog::none;
  people.dialog_error.clear();
  people.invite = {};
}

void put_account(PeopleState& people, const protocol::Account& account) {
  const auto at = std::find_if(people.accounts.begin(), people.accounts.end(),
                               [&](const protocol::Account& known) { return known.id == account.id; });
  if (at != people.accounts.end()) *at = account;
}

void show_invite(PeopleState& people, const Secret& invite, std::string whose, TimePoint until) {
  people.dialog = PeopleDialog::invite_link;
  people.dialog_error.clear();
  people.invite = invite;
  people.invite_for = std::move(whose);
  people.invite_until = until;
}

// The end of a change of one account: shown at once, and the list asked for again, since the account may now
// be in or out of the filter.
template <class M>
bool take_change(Turn& turn, const Answer<M>& answer) {
  auto& people = turn.state.people;
  if (!answer.result) {
    refuse(turn, answer.result.error());
    return false;
  }
  people.busy = false;
  close_dialog(people);
  put_account(people, answer.result->user);
  load_people(turn);
  return true;
}

}  // namespace

void load_people(Turn& turn) {
  auto& people = turn.state.people;
  people.search_due.reset();
  if (!turn.call<protocol::AdminUserList>(params_of(people.filter))) return;
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
  if (typed)
    people.search_due = turn.state.now + kTypingPause;
  else
    load_people(turn);
}

void fold(Turn& turn, const LoadMorePeople&) {
  auto& people = turn.state.people;
  if (!people.more || people.loading || people.accounts.empty()) return;
  auto params = params_of(people.filter);
  params.after = people.accounts.back().name;
  people.loading = turn.call<protocol::AdminUserList>(std::move(params));
}

void fold(Turn& turn, const SelectPerson& action) {
  turn.state.people.selected = action.person;
}

void fold(Turn& turn, const ShowPeopleDialog& action) {
  auto& people = turn.state.people;
  if (action.dialog == PeopleDialog::none) return close_dialog(people);
  people.dialog = action.dialog;
  people.dialog_error.clear();
}

void fold(Turn& turn, const AddPerson& action) {
  if (!begin(turn)) return;
  protocol::AdminUserCreate::Params params;
  params.name = action.name;
  if (!action.display_name.empty()) params.display_name = action.display_name;
  if (!action.email.empty()) params.email = action.email;
  params.role = role_of(action.role);
  turn.call<protocol::AdminUserCreate>(std::move(params));
}

void fold(Turn& turn, const MakeInvite& action) {
  if (!begin(turn)) return;
  turn.call<protocol::AdminInviteCreate>({action.person, {}, {}});
}

void fold(Turn& turn, const DisablePerson& action) {
  if (begin(turn)) turn.call<protocol::AdminUserDisable>({action.person, action.reason});
}

void fold(Turn& turn, const EnablePerson& action) {
  if (begin(turn)) turn.call<protocol::AdminUserEnable>({action.person});
}

void fold(Turn& turn, const ChangeRole& action) {
  if (!begin(turn)) return;
  protocol::AdminUserUpdate::Params params;
  params.user = action.person;
  params.role = role_of(action.role);
  turn.call<protocol::AdminUserUpdate>(std::move(params));
}

void fold(Turn& turn, const Answer<protocol::AdminUserList>& answer) {
  auto& people = turn.state.people;
  if (same_filter(answer.params, counting_params())) {
    if (answer.result) people.disabled = answer.result->total;
    return;
  }
  // The filter has changed since, or the list was asked for anew.
  if (!same_filter(answer.params, params_of(people.filter))) return;
  const bool first = !answer.params.after;
  if (!first && (people.accounts.empty() || people.accounts.back().name != *answer.params.after)) return;
  people.loading = false;
  if (!answer.result) {
    if (!turn.state.online()) return;
    if (first && !people.loaded)
      people.error = answer.result.error().message;
    else
      show_toast(turn, answer.result.error().message);
    return;
  }
  const auto& page = *answer.result;
  if (first) people.accounts.clear();
  people.accounts.insert(people.accounts.end(), page.users.begin(), page.users.end());
  people.more = page.more;
  people.total = page.total;
  people.loaded = true;
  people.error.clear();
}

void fold(Turn& turn, const Answer<protocol::AdminUserCreate>& answer) {
  auto& people = turn.state.people;
  if (!answer.result) return refuse(turn, answer.result.error());
  people.busy = false;
  people.selected = answer.result->user.id;
  show_invite(people, answer.result->invite, answer.result->user.display_name, answer.result->expires_at);
  load_people(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserUpdate>& answer) {
  State& state = turn.state;
  if (!take_change(turn, answer)) return;
  const auto& account = answer.result->user;
  show_toast(turn, account.display_name + " is now " + std::string(role_title(account.role)) + ".", false);
  if (state.me && account.id == state.me->id) take_own_role(turn, account.role);
}

void fold(Turn& turn, const Answer<protocol::AdminUserDisable>& answer) {
  if (take_change(turn, answer))
    show_toast(turn, answer.result->user.display_name + " is signed out everywhere and can't sign in.",
               false);
}

void fold(Turn& turn, const Answer<protocol::AdminUserEnable>& answer) {
  if (take_change(turn, answer))
    show_toast(turn, answer.result->user.display_name + " can sign in again.", false);
}

void fold(Turn& turn, const Answer<protocol::AdminInviteCreate>& answer) {
  auto& people = turn.state.people;
  if (!answer.result) return refuse(turn, answer.result.error());
  people.busy = false;
  std::string whose;
  if (answer.params.user)
    for (const auto& account : people.accounts)
      if (account.id == *answer.params.user) whose = account.display_name;
  show_invite(people, answer.result->invite, std::move(whose), answer.result->expires_at);
}

}  // namespace wardroom::admin
