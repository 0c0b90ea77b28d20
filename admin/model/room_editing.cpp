#include "admin/model/room_editing.hpp"

#include "admin/model/rooms.hpp"

namespace wardroom::admin {
namespace {

// False: one is on its way, or there is no connection, and the dialog says so.
bool begin_room_change(Turn& turn) {
  auto& rooms = turn.state.rooms;
  if (rooms.busy) return false;
  rooms.dialog_error.clear();
  if (turn.state.online()) return rooms.busy = true;
  rooms.dialog_error = "There is no connection to the server now. Nothing was changed.";
  return false;
}

template <class M>
bool take_room_change(Turn& turn, const Answer<M>& answer) {
  auto& rooms = turn.state.rooms;
  rooms.busy = false;
  if (!answer.result) {
    if (rooms.dialog == RoomsDialog::none)
      show_toast(turn, answer.result.error().message);
    else
      rooms.dialog_error = answer.result.error().message;
    return false;
  }
  rooms.dialog = RoomsDialog::none;
  put_room(turn, answer.result->room);
  return true;
}

}  // namespace

void fold(Turn& turn, const ShowRoomsDialog& action) {
  auto& rooms = turn.state.rooms;
  if (rooms.busy) return;
  rooms.dialog = action.dialog;
  rooms.dialog_error.clear();
}

void fold(Turn& turn, const MakeRoom& action) {
  if (!begin_room_change(turn)) return;
  protocol::RoomCreate::Params params;
  params.name = action.form.name;
  params.kind = action.form.is_private ? protocol::RoomKind::private_ : protocol::RoomKind::public_;
  if (!action.form.topic.empty()) params.topic = action.form.topic;
  turn.call<protocol::RoomCreate>(std::move(params));
}

// Only what is another one than before: each is a record of its own in the audit log.
void fold(Turn& turn, const EditRoom& action) {
  const KnownRoom* room = find_known_room(turn.state, action.room);
  if (!room) return;
  protocol::RoomUpdate::Params params;
  params.room = action.room;
  if (action.form.name != room->name) params.name = action.form.name;
  if (action.form.topic != room->topic) params.topic = action.form.topic;
  if (!params.name && !params.topic) return fold(turn, ShowRoomsDialog{});
  if (begin_room_change(turn)) turn.call<protocol::RoomUpdate>(std::move(params));
}

void fold(Turn& turn, const Answer<protocol::RoomCreate>& answer) {
  if (!take_room_change(turn, answer)) return;
  fold(turn, SelectRoom{answer.result->room.id});
  show_toast(turn, "# " + answer.result->room.name + " was made. You are its moderator.", false);
}

void fold(Turn& turn, const Answer<protocol::RoomUpdate>& answer) {
  if (!take_room_change(turn, answer)) return;
  show_toast(turn, "# " + answer.result->room.name + " was changed.", false);
}

}  // namespace wardroom::admin
