#include "client/model/pins.hpp"

#include "client/model/people.hpp"
#include "client/model/settings.hpp"
#include "client/model/thread.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {

void load_shown_pins(Turn& turn) {
  auto* room = turn.state.find_open_room();
  if (!room || !turn.state.pins_shown || room->pins_loaded || room->pins_loading) return;
  room->pins_loading = turn.call<protocol::MessagePins>({room->info.id});
}

void fold(Turn& turn, const TogglePins&) {
  turn.state.pins_shown = leave_threads(turn) || !turn.state.pins_shown;
  turn.state.files.shown = false;
  load_shown_pins(turn);
}

void fold(Turn& turn, const ToggleMembers&) {
  State& state = turn.state;
  state.settings.members_shown =
      leave_threads(turn) || state.pins_shown || state.files.shown || !state.settings.members_shown;
  state.pins_shown = state.files.shown = false;
  save_settings(turn);
}

void fold(Turn& turn, const PinMessage& action) {
  if (!turn.call<protocol::MessagePin>({action.room, action.seq, action.on}))
    show_toast(turn, tr("You're offline. Pin it when the connection is back."));
}

void fold(Turn& turn, const Answer<protocol::MessagePins>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  room->pins_loading = false;
  room->pins_error.clear();
  if (!answer.result) {
    room->pins_error = answer.result.error().message;
    return;
  }
  room->pins = answer.result->messages;
  room->pins_loaded = true;
  learn_people(turn, answer.result->users);
}

void fold(Turn& turn, const Answer<protocol::MessagePin>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
}

}  // namespace wardroom::client
