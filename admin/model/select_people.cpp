#include <algorithm>

#include "admin/model/bulk.hpp"
#include "admin/model/erasure.hpp"
#include "admin/model/rooms.hpp"
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
  row.second_factor = account.second_factor;
  row.asked_for_password = account.must_change_password;
  row.last_seen = account.last_seen_at ? past_text(state.zone, *account.last_seen_at, state.wall) : "never";
  if (account.last_seen_at) row.last_seen_exact = desk::both_zones_text(state.zone, *account.last_seen_at);
  row.is_self = state.me && state.me->id == account.id;
  row.ticked = state.people.ticked.contains(account.id);
  return row;
}

std::string summary_of(const PeopleState& people) {
  if (!people.loaded) return "";
  if (!people.gathered.empty())
    return "Sorting: " + grouped(static_cast<std::int64_t>(people.gathered.size())) + " of " +
           grouped(people.total);
  if (!(people.filter == PeopleFilter{}))
    return grouped(people.total) + (people.total == 1 ? " match" : " matches");
  std::string text = grouped(people.total) + (people.total == 1 ? " person" : " people");
  if (people.disabled && *people.disabled > 0) text += ", " + grouped(*people.disabled) + " disabled";
  return text;
}

PersonSession session_of(const State& state, const protocol::SessionInfo& session) {
  PersonSession row;
  row.id = session.id;
  row.device = session.device.empty() ? "A device without a name" : session.device;
  if (!session.client.empty()) row.device += " · " + session.client;
  row.use = session.ip;
  row.use += session.current     ? " · this console"
             : session.connected ? " · connected"
                                 : " · last used " + past_text(state.zone, session.last_used_at, state.wall);
  row.connected = session.connected;
  row.current = session.current;
  return row;
}

PersonSanction sanction_of(const State& state, const protocol::Sanction& sanction) {
  PersonSanction row;
  row.is_ban = sanction.kind == protocol::SanctionKind::ban;
  row.room = sanction.room;
  row.words = std::string(row.is_ban ? "Banned from " : "Muted in ") +
              (sanction.room ? known_room_title(state, *sanction.room) : "every room") +
              (sanction.until ? " until " + moment_text(state.zone, *sanction.until) : " until it is lifted");
  row.why = sanction.by.display_name + ": " + sanction.reason;
  return row;
}

PersonDetails details_of(const State& state) {
  const auto& people = state.people;
  PersonDetails details;
  for (const auto& account : people.rows)
    if (account.id == people.selected)
      details.created = past_text(state.zone, account.created_at, state.wall);
  details.error = people.sessions.error;
  details.sanctions_error = people.sessions.sanctions_error;
  for (const auto& sanction : people.sessions.sanctions)
    details.sanctions.push_back(sanction_of(state, sanction));
  if (!people.sessions.loaded) return details;
  const auto count = static_cast<std::int64_t>(people.sessions.list.size());
  details.sessions = people.sessions.more ? "more than " + counted(count, "device")
                     : count == 0         ? "nowhere"
                                          : counted(count, "device");
  for (const auto& session : people.sessions.list) details.devices.push_back(session_of(state, session));
  return details;
}

std::vector<std::string> lines_of(const protocol::AdminUserOffboard::Result& preview) {
  return {preview.sessions == 0 ? "Is signed in nowhere; the account is shut."
                                : "Signed out of " + counted(preview.sessions, "device") +
                                      " within a second; the account is shut.",
          preview.invites == 0 ? "No invite link is open."
                               : counted(preview.invites, "open invite link") + " become" +
                                     (preview.invites == 1 ? "s" : "") + " useless.",
          preview.rooms_left == 0
              ? "Is in no room. What was written stays."
              : "Taken out of " + counted(preview.rooms_left, "room") + ". What was written stays."};
}

LeaverProps leaver_of(const PeopleState& people) {
  const auto& leaver = people.leaver;
  LeaverProps props;
  if (leaver.preview) {
    props.lines = lines_of(*leaver.preview);
    props.rooms = leaver.preview->rooms_handed_over;
  }
  props.needs_successor = leaver.rooms_need_successor && !leaver.successor;
  props.successor = leaver.successor.value_or(UserId{});
  props.successor_name = leaver.successor_name;
  for (const auto& user : leaver.found) props.candidates.push_back({user.id, user.name, user.display_name});
  props.busy = people.busy || (!leaver.preview && people.dialog_error.empty());
  props.error = people.dialog_error;
  return props;
}

}  // namespace

PeopleProps select_people(const State& state) {
  const auto& people = state.people;
  PeopleProps props;
  props.rows.reserve(people.rows.size());
  for (const auto& account : people.rows) props.rows.push_back(row_of(state, account));
  props.summary = summary_of(people);
  props.sort = people.shown;
  props.list = people.list_number;
  props.ticked = people.ticked.size();
  if (!people.ticked.empty()) props.ticked_text = ticked_text(people);
  props.all_ticked = !props.rows.empty() && std::all_of(props.rows.begin(), props.rows.end(),
                                                        [](const PersonRow& row) { return row.ticked; });
  props.bulk = select_bulk(people.bulk);
  props.filter = people.filter;
  props.may_change = state.is_admin();
  props.loading = people.loading || (!people.loaded && people.error.empty());
  props.more = people.more;
  props.error = people.error;
  props.selected = people.selected;
  props.dialog = people.dialog;
  props.dialog_busy = people.busy;
  props.dialog_error = people.dialog_error;
  props.details = details_of(state);
  if (people.dialog == PeopleDialog::leaver) props.leaver = leaver_of(people);
  if (people.dialog == PeopleDialog::erase && people.erase) {
    props.erase.lines = erasure_lines(*people.erase);
    props.erase.possible = people.erase->texts > 0;
  }
  props.invite_link = people.invite.reveal();
  props.invite_for = people.invite_for;
  props.reset_code = people.reset_code.reveal();
  if (!people.invite.empty()) props.invite_until = moment_text(state.zone, people.invite_until);
  return props;
}

}  // namespace wardroom::admin
