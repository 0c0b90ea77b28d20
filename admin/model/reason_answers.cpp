#include "admin/model/imports.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/people.hpp"
#include "admin/model/person_sessions.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/retention.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/sessions.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

// Closes the dialog, or says in it why the server refused.
template <class M>
bool end_action(Turn& turn, const Answer<M>& answer) {
  auto& dialog = turn.state.reason_dialog;
  dialog.props.busy = false;
  if (answer.result) {
    dialog = {};
    return true;
  }
  if (dialog.act)
    dialog.props.error = answer.result.error().message;
  else
    show_toast(turn, answer.result.error().message);
  return false;
}

void say(Turn& turn, std::string text) {
  show_toast(turn, std::move(text), false);
}

// The action was taken from the report that is open: that is offered as its resolution.
void take_for_report(Turn& turn, protocol::Resolution resolution) {
  auto& moderation = turn.state.moderation;
  if (moderation.selected.is_set()) moderation.taken[moderation.selected].push_back(resolution);
}

template <class M>
void take_room(Turn& turn, const Answer<M>& answer, std::string said) {
  if (!end_action(turn, answer)) return;
  put_room(turn, answer.result->room);
  say(turn, "# " + answer.result->room.name + said);
}

}  // namespace

void fold(Turn& turn, const Answer<protocol::AdminUserDisable>& answer) {
  if (!end_action(turn, answer)) return;
  take_account(turn, answer.result->user);
  load_person_sessions(turn);
  say(turn, answer.result->user.display_name + " is signed out everywhere and can't sign in.");
}

void fold(Turn& turn, const Answer<protocol::AdminUserResetPassword>& answer) {
  if (!end_action(turn, answer)) return;
  auto& people = turn.state.people;
  people.dialog = PeopleDialog::reset_code;
  people.dialog_error.clear();
  people.reset_code = answer.result->code;
  people.invite = answer.result->invite;
  people.invite_until = answer.result->expires_at;
  people.invite_for.clear();
  for (const auto& account : people.rows)
    if (account.id == answer.params.user) people.invite_for = account.display_name;
  load_people(turn);
  load_person_sessions(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserRemoveTotp>& answer) {
  if (!end_action(turn, answer)) return;
  take_account(turn, answer.result->user);
  say(turn, answer.result->user.display_name + " signs in with the password alone now.");
}

void fold(Turn& turn, const Answer<protocol::AdminSessionRevoke>& answer) {
  if (!end_action(turn, answer)) return;
  const auto ended = answer.result->ended;
  say(turn, grouped(ended) + (ended == 1 ? " session was ended." : " sessions were ended."));
  if (turn.state.page == Page::sessions) load_sessions(turn);
  load_person_sessions(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserImportUndo>& answer) {
  if (end_action(turn, answer)) take_undone(turn, *answer.result);
}

void fold(Turn& turn, const Answer<protocol::MessageDelete>& answer) {
  if (!end_action(turn, answer)) return;
  take_for_report(turn, protocol::Resolution::deleted);
  say(turn, "The message is deleted. The report keeps it as it was.");
}

void fold(Turn& turn, const Answer<protocol::ModerationMute>& answer) {
  if (!end_action(turn, answer)) return;
  take_for_report(turn, protocol::Resolution::muted);
  say(turn, answer.result->sanction.user.display_name + " is muted.");
}

void fold(Turn& turn, const Answer<protocol::ModerationKick>& answer) {
  if (!end_action(turn, answer)) return;
  take_for_report(turn, protocol::Resolution::kicked);
  say(turn, "They were removed from the room.");
}

void fold(Turn& turn, const Answer<protocol::ModerationBan>& answer) {
  if (!end_action(turn, answer)) return;
  take_for_report(turn, protocol::Resolution::banned);
  say(turn, answer.result->sanction.user.display_name + " was removed from the room and banned.");
}

void fold(Turn& turn, const Answer<protocol::ModerationUnmute>& answer) {
  if (!end_action(turn, answer)) return;
  say(turn, "The mute is lifted.");
  load_person_sessions(turn);
  load_moderation(turn);
}

void fold(Turn& turn, const Answer<protocol::ModerationUnban>& answer) {
  if (!end_action(turn, answer)) return;
  say(turn, "The ban is lifted.");
  load_person_sessions(turn);
  load_moderation(turn);
}

void fold(Turn& turn, const Answer<protocol::ModerationResolve>& answer) {
  if (!end_action(turn, answer)) return;
  say(turn, answer.params.resolution ? "The report is resolved, and who sent it is told."
                                     : "The report is open again.");
  turn.state.moderation.selected = {};
  load_moderation(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminHoldLift>& answer) {
  if (!end_action(turn, answer)) return;
  say(turn, "The hold is lifted.");
  load_retention(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminAuditPrune>& answer) {
  if (!end_action(turn, answer)) return;
  turn.state.retention.prune.reset();
  say(turn, counted(answer.result->records, "record") + " lost their text; the hashes stay.");
}

void fold(Turn& turn, const Answer<protocol::RoomLock>& answer) {
  take_room(turn, answer, answer.params.on ? " is locked." : " is unlocked.");
}

void fold(Turn& turn, const Answer<protocol::RoomArchive>& answer) {
  take_room(turn, answer, answer.params.on ? " is archived." : " is open again.");
}

void fold(Turn& turn, const Answer<protocol::RoomSlowMode>& answer) {
  take_room(turn, answer, answer.params.seconds > 0 ? " is in slow mode." : " is no longer in slow mode.");
}

}  // namespace wardroom::admin
