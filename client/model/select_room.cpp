#include "client/model/select_room.hpp"

#include "client/model/attention.hpp"
#include "client/model/length_words.hpp"
#include "client/model/room_name.hpp"
#include "client/model/select_people.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/side_bar_places.hpp"
#include "client/model/slash_commands.hpp"
#include "client/model/standing.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

using protocol::DirectState;

std::string mute_sentence(const State& state, const protocol::Mute& mute) {
  std::string text = tr("A moderator muted you");
  if (mute.until) text += tr(" until {0}", coming_text(state.zone, *mute.until, state.wall));
  return mute.reason.empty() ? text + "." : text + ": " + mute.reason;
}

// Whose answer is still missing, as far as it can be known: in a room of two it is the other's.
std::string waiting_sentence(const State& state, const RoomState& room) {
  const std::string who = room_name(state, room);
  if (only_other(state, room).is_set())
    return tr("You can chat once {0} has accepted. You'll be notified.", who);
  return tr("You can chat once everybody has accepted. You'll be notified.");
}

}  // namespace

RoomHeaderProps select_header(const State& state, const RoomState& room) {
  RoomHeaderProps header;
  header.room = room.info.id;
  header.mark = room_mark(room);
  header.name = room_name(state, room);
  header.topic = room.info.topic;
  header.member_count = room.members.empty() ? "" : std::to_string(room.members.size());
  header.locked = room.info.locked;
  header.archived = room.info.archived;
  header.slow_mode = length_words(room.info.slow_mode_s);
  header.moderates = moderates(state, room);
  header.level = chosen_level(state, room);
  if (const auto until = paused_until(state, room.info.id))
    header.paused_until = coming_text(state.zone, *until, state.wall);
  header.placing = select_placing(state, room.info.id);
  header.may_end = room.info.kind == protocol::RoomKind::direct &&
                   room.info.direct.value_or(DirectState::open) != DirectState::ended;
  header.pins_shown = state.pins_shown;
  header.files_shown = state.files.shown;
  if (room.pins_loaded && !room.pins.empty()) header.pin_count = std::to_string(room.pins.size());
  // Offline nobody may be known yet: an empty panel says nothing.
  header.members_shown = !state.pins_shown && !state.files.shown && state.settings.members_shown &&
                         (state.online() || !room.members.empty());
  // These stand over the others.
  if (!state.threads.open && !state.threads.shown) return header;
  header.members_shown = header.pins_shown = header.files_shown = false;
  return header;
}

PinsProps select_pins(const State& state, const RoomState& room) {
  PinsProps props;
  props.room = room.info.id;
  props.loading = room.pins_loading && !room.pins_loaded;
  props.error = room.pins_error;
  if (!room.pins_loaded && !room.pins_loading && !state.online())
    props.error = tr("You're offline. The pins are shown when the connection is back.");
  props.may_unpin = may_pin(state, room);
  for (const auto& message : room.pins)
    props.rows.push_back(
        {message.seq, person_name(state, message.author),
         day_text(state.zone, message.at, state.wall) + ", " + clock_text(state.zone, message.at),
         message.text.empty() ? excerpt_of(message) : message.text});
  return props;
}

MessageRights select_rights(const State& state, const RoomState& room) {
  MessageRights rights;
  rights.write = rights.thread = hindrance_of(state, room) == Hindrance::none;
  rights.moderate = moderates(state, room);
  rights.pin = may_pin(state, room);
  return rights;
}

void select_writing(const State& state, const RoomState& room, ComposerProps& composer) {
  composer.disabled_reason.clear();
  composer.act = ComposerAct::none;
  composer.hint = state.online() ? "" : tr("What you write is sent when the connection is back");
  switch (hindrance_of(state, room)) {
    case Hindrance::none:
      break;
    case Hindrance::archived:
      composer.disabled_reason = tr("This room is archived. You can read it, but not post in it.");
      break;
    case Hindrance::ended:
      composer.disabled_reason = tr("This conversation has ended. You can still read it.");
      composer.act = ComposerAct::ask_again;
      break;
    case Hindrance::asked:
      composer.disabled_reason = tr("{0} would like to chat with you.",
                                    name_in_sentence(state, room.info.requested_by.value_or(UserId{})));
      composer.act = ComposerAct::answer_request;
      break;
    case Hindrance::waiting:
      composer.disabled_reason = waiting_sentence(state, room);
      break;
    case Hindrance::muted:
      composer.disabled_reason = mute_sentence(state, *mute_of(state, room));
      break;
    case Hindrance::locked:
      composer.disabled_reason = tr("This room is locked. Only its moderators can post.");
      break;
  }
  if (!composer.hint.empty() || room.info.slow_mode_s <= 0 || moderates(state, room)) return;
  composer.hint = tr("Slow mode: one message in {0}", length_words(room.info.slow_mode_s));
  const auto left = slow_mode_wait(state, room);
  if (left.count() > 0) composer.hint += tr(" · the next is sent in {0} s", std::to_string(left.count()));
}

std::vector<CommandProps> select_commands(const State& state, const RoomState& room) {
  const bool direct = room.info.kind == protocol::RoomKind::direct;
  const bool moderator = moderates(state, room);
  std::vector<CommandProps> commands;
  for (const auto& command : slash_commands()) {
    if (command.for_moderators && !moderator) continue;
    if (command.name == "/end" && !direct) continue;
    if (direct && (command.name == "/leave" || command.name == "/invite")) continue;
    commands.push_back({std::string(command.name), std::string(command.usage), tr(command.meaning)});
  }
  return commands;
}

}  // namespace wardroom::client
