#include "client/model/trimming.hpp"

#include "client/model/composer.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/message_links.hpp"
#include "client/model/pins.hpp"
#include "client/model/rooms.hpp"
#include "client/model/thread.hpp"

namespace wardroom::client {

void trim_room(Turn& turn, RoomState& room, TimePoint before) {
  State& state = turn.state;
  turn.effect(TrimMessages{room.info.id, before});
  // A page that was read before may bring back what is gone.
  room.page_is_stale = room.loading_older || room.loading_newer;
  // What was written instead of a message stays, as a draft.
  const auto* edited = room.editing ? find_message(state, room.info.id, *room.editing) : nullptr;
  if (edited && edited->at < before) leave_deleted(turn, room, *room.editing);
  const bool dropped = room.timeline.drop_before(before);
  trim_threads(turn, room.info.id, before);
  std::erase_if(room.pins, [&](const protocol::Message& pin) { return pin.at < before; });
  forget_linked(turn, room.info.id);
  room.pins_loaded = false;
  load_shown_pins(turn);
  if (dropped && room.editing && !room.timeline.covers(*room.editing))
    leave_deleted(turn, room, *room.editing);
  if (dropped && room.reply_to && !room.timeline.covers(*room.reply_to)) room.reply_to.reset();
  if (dropped && room.info.id == state.open_room) ensure_window(turn, room);
  // The list has the server's own counts.
  list_rooms(turn);
  ++state.revisions.ui;
}

void fold(Turn& turn, const MessagesTrimmed& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room || event.from <= room->coverage.from) return;
  room->coverage.from = event.from;
  store_room(turn, *room);
}

}  // namespace wardroom::client
