#include "client/model/reasons.hpp"

#include <algorithm>
#include <array>

#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::array<std::int64_t, 5> kSanctionLengths = {600, 3'600, 86'400, 604'800, 0};
constexpr std::array<std::int64_t, 6> kSlowLengths = {5, 30, 120, 600, 3'600, 0};

std::optional<std::int64_t> some(std::int64_t seconds) {
  return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

// `typed`: the command that says it; otherwise the dialog does, and keeps its text.
template <class M>
bool ask_server(Turn& turn, typename M::Params params, const Typed* typed) {
  return typed ? turn.call<M>(std::move(params), *typed) : turn.call<M>(std::move(params));
}

bool send(Turn& turn, const AskReason& what, const std::string& reason, std::int64_t seconds,
          const Typed* typed = nullptr) {
  switch (what.act) {
    case ReasonedAction::delete_message:
      return ask_server<protocol::MessageDelete>(turn, {what.room, what.seq, reason}, typed);
    case ReasonedAction::restore_message:
      return ask_server<protocol::MessageRestore>(turn, {what.room, what.seq, reason}, typed);
    case ReasonedAction::report:
      return ask_server<protocol::ModerationReport>(turn, {what.room, what.seq, reason}, typed);
    case ReasonedAction::mute:
      return ask_server<protocol::ModerationMute>(turn, {what.room, what.user, some(seconds), reason}, typed);
    case ReasonedAction::kick:
      return ask_server<protocol::ModerationKick>(turn, {what.room, what.user, reason}, typed);
    case ReasonedAction::ban:
      return ask_server<protocol::ModerationBan>(turn, {what.room, what.user, some(seconds), reason}, typed);
    case ReasonedAction::lock:
    case ReasonedAction::unlock:
      return ask_server<protocol::RoomLock>(turn, {what.room, what.act == ReasonedAction::lock, reason},
                                            typed);
    case ReasonedAction::archive:
    case ReasonedAction::unarchive:
      return ask_server<protocol::RoomArchive>(turn, {what.room, what.act == ReasonedAction::archive, reason},
                                               typed);
    case ReasonedAction::slow_mode:
      return ask_server<protocol::RoomSlowMode>(turn, {what.room, seconds, reason}, typed);
  }
  return false;
}

// The dialog is answered, or, when it isn't open, the person is told beside it.
template <class R>
void finish(Turn& turn, const Result<R>& result, std::string done = {}) {
  State& state = turn.state;
  const bool open = state.dialog == Dialog::reason && state.reason_dialog.form.busy;
  if (!result) {
    if (!open) return show_toast(turn, result.error().message);
    state.reason_dialog.form = {false, result.error().message, {}};
    return;
  }
  if (open) state.dialog = Dialog::none;
  state.reason_dialog.form = {};
  if (!done.empty()) show_toast(turn, std::move(done), false);
}

void tell_mute(Turn& turn, const protocol::ModerationApplied& event) {
  for (auto& [id, room] : turn.state.rooms) {
    if (event.room && id != *event.room) continue;
    if (event.act == protocol::ModerationApplied::Act::muted)
      room.info.muted = protocol::Mute{event.until, event.reason};
    else
      room.info.muted.reset();
    room.timeline.touch_all();
  }
  // A mute of the room and one everywhere can hold at once: the list knows which is left.
  list_rooms(turn);
}

std::string sentence_of(const State& state, const protocol::ModerationApplied& event) {
  using Act = protocol::ModerationApplied::Act;
  const std::string where = event.room ? tr("in #{0}", event.room_name) : tr("in all rooms");
  const std::string until =
      event.until ? tr(" until {0}", coming_text(state.zone, *event.until, state.wall)) : "";
  const std::string why = event.reason.empty() ? "" : tr(" Reason: {0}", event.reason);
  switch (event.act) {
    case Act::muted:
      return tr("You were muted {0}{1}.{2}", where, until, why);
    case Act::unmuted:
      return tr("You can post again {0}.", where);
    case Act::kicked:
      return tr("You were removed from #{0}.{1}", event.room_name, why);
    case Act::banned:
      return tr("You were banned from #{0}{1}.{2}", event.room_name, until, why);
    case Act::unbanned:
      return tr("You can join #{0} again.", event.room_name);
  }
  return {};
}

}  // namespace

std::span<const std::int64_t> action_lengths(ReasonedAction act) {
  if (act == ReasonedAction::mute || act == ReasonedAction::ban) return kSanctionLengths;
  if (act == ReasonedAction::slow_mode) return kSlowLengths;
  return {};
}

void ask_reason(Turn& turn, const AskReason& action, std::string reason,
                std::optional<std::int64_t> seconds) {
  State& state = turn.state;
  if (!state.find_room(action.room)) return;
  const auto lengths = action_lengths(action.act);
  // An hour, or half a minute of slow mode, is what is mostly meant.
  std::size_t length = lengths.empty() ? 0 : 1;
  for (std::size_t i = 0; i < lengths.size(); ++i)
    if (lengths[i] == seconds) length = i;
  state.reason_dialog = {action.act,        action.room, action.seq,           action.user,
                         std::move(reason), length,      state.ids.next_key(), {}};
  state.dialog = Dialog::reason;
}

bool take_action(Turn& turn, const AskReason& what, const std::string& reason, std::int64_t seconds,
                 const Typed& typed) {
  const bool sent = send(turn, what, reason, seconds, &typed);
  if (!sent) show_toast(turn, offline_text());
  return sent;
}

void fold(Turn& turn, const AskReason& action) {
  ask_reason(turn, action);
}

void fold(Turn& turn, const GiveReason& action) {
  State& state = turn.state;
  auto& asked = state.reason_dialog;
  if (state.dialog != Dialog::reason || asked.form.busy) return;
  const auto lengths = action_lengths(asked.act);
  const auto seconds = lengths.empty() ? 0 : lengths[std::min(action.length, lengths.size() - 1)];
  asked.form = {};
  asked.form.busy = send(turn, {asked.act, asked.room, asked.seq, asked.user}, action.reason, seconds);
  if (!asked.form.busy) asked.form.error = offline_text();
}

void fold(Turn& turn, const SetMemberRole& action) {
  const auto role = action.moderator ? protocol::RoomRole::moderator : protocol::RoomRole::member;
  if (!turn.call<protocol::RoomSetRole>({action.room, action.user, role})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const Unmute& action) {
  if (!turn.call<protocol::ModerationUnmute>({action.room, action.user, {}}))
    show_toast(turn, offline_text());
}

void fold(Turn& turn, const Answer<protocol::MessageDelete>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::MessageRestore>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::ModerationReport>& answer) {
  finish(turn, answer.result, tr("Thank you. The moderators see the message as it is now."));
}
void fold(Turn& turn, const Answer<protocol::ModerationMute>& answer) {
  finish(turn, answer.result, tr("{0} is muted.", name_in_sentence(turn.state, answer.params.user)));
}
void fold(Turn& turn, const Answer<protocol::ModerationUnmute>& answer) {
  finish(turn, answer.result, tr("{0} can post again.", name_in_sentence(turn.state, answer.params.user)));
}
void fold(Turn& turn, const Answer<protocol::ModerationKick>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::ModerationBan>& answer) {
  finish(turn, answer.result,
         tr("{0} is banned from here.", name_in_sentence(turn.state, answer.params.user)));
}
void fold(Turn& turn, const Answer<protocol::ModerationUnban>& answer) {
  finish(turn, answer.result, tr("{0} can join again.", name_in_sentence(turn.state, answer.params.user)));
}
void fold(Turn& turn, const Answer<protocol::RoomLock>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::RoomArchive>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::RoomSlowMode>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::RoomSetRole>& answer) {
  finish(turn, answer.result);
}
void fold(Turn& turn, const Answer<protocol::RoomAddMember>& answer) {
  finish(turn, answer.result);
}

void fold(Turn& turn, const protocol::ModerationApplied& event) {
  using Act = protocol::ModerationApplied::Act;
  show_toast(turn, sentence_of(turn.state, event), event.act != Act::unmuted && event.act != Act::unbanned);
  if (event.act == Act::muted || event.act == Act::unmuted) tell_mute(turn, event);
  ++turn.state.revisions.rooms;
}

void fold(Turn& turn, const protocol::ReportFiled& event) {
  const auto* room = turn.state.find_room(event.room);
  const std::string where = room ? tr(" in {0}", room_name(turn.state, *room)) : "";
  show_toast(turn, tr("Somebody reported a message{0}. It waits in the console.", where), false);
}

void fold(Turn& turn, const protocol::ReportResolved& event) {
  const std::string why = event.reason.empty() ? "" : " " + event.reason;
  show_toast(turn, tr("A moderator looked at what you reported.{0}", why), false);
}

}  // namespace wardroom::client
