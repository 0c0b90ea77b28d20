#include <algorithm>

#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

PersonRow row_of(const State& state, const protocol::Account& account) {
  PersonRow row;
  row.id = account.id;
  row.name = account.name;
  row.display_name = account.display_name;
  row.email = account.email;
  row.role = role_choice(account.role);
  row.state = account.disabled       ? PersonRow::State::disabled
              : account.has_password ? PersonRow::State::active
                                     : PersonRow::State::invited;
  row.last_seen =
      account.last_seen_at ? past_text(*account.last_seen_at, state.now, state.utc_offset) : "never";
  row.is_self = state.me && state.me->id == account.id;
  return row;
}

std::string summary_of(const PeopleState& people) {
  if (!people.loaded) return "";
  if (!(people.filter == PeopleFilter{}))
    return grouped(people.total) + (people.total == 1 ? " matches" : " match");
  std::string text = grouped(people.total) + (people.total == 1 ? " person" : " people");
  if (people.disabled && *people.disabled > 0) text += ", " + grouped(*people.disabled) + " disabled";
  return text;
}

std::string consequence_for(const PeopleState& people) {
  const auto at = std::find_if(people.accounts.begin(), people.accounts.end(),
                               [&](const protocol::Account& a) { return a.id == people.selected; });
  if (at == people.accounts.end()) return "";
  return at->display_name +
         " is signed out of every device within a second, open invite links for this account become useless, "
         "and nobody can sign in with it until it is enabled again. What was written stays.";
}

}  // namespace

PeopleProps select_people(const State& state) {
  const auto& people = state.people;
  PeopleProps props;
  props.rows.reserve(people.accounts.size());
  for (const auto& account : people.accounts) props.rows.push_back(row_of(state, account));
  props.summary = summary_of(people);
  props.filter = people.filter;
  props.may_change = state.is_admin();
  props.loading = people.loading || (!people.loaded && people.error.empty());
  props.more = people.more;
  props.error = people.error;
  props.selected = people.selected;
  props.dialog = people.dialog;
  props.dialog_busy = people.busy;
  props.dialog_error = people.dialog_error;
  props.consequence = consequence_for(people);
  props.invite_link = people.invite.reveal();
  props.invite_for = people.invite_for;
  if (!people.invite.empty()) props.invite_until = moment_text(people.invite_until, state.utc_offset);
  return props;
}

}  // namespace wardroom::admin
