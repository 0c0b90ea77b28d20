#include "client/model/reading.hpp"

#include <algorithm>

#include "client/model/incoming.hpp"

namespace wardroom::client {
namespace {

// Reading along in a busy room must not cost a request a message.
constexpr std::chrono::milliseconds kMarkerPause{1'000};
constexpr std::chrono::seconds kPauseAfterFailedMarker{5};

}  // namespace

void mark_read(Turn& turn, RoomState& room) {
  auto& info = room.info;
  if (unread_of(room) == 0 && info.mentions == 0) return;
  info.marker = {std::max(info.marker.seq, info.seq), std::max(info.marker.count, info.count)};
  info.mentions = 0;
  room.marker_unsent = true;
  if (!room.marker_due) room.marker_due = turn.state.now + kMarkerPause;
  store_room(turn, room);
  ++turn.state.revisions.rooms;
}

void take_marker(RoomState& room, const protocol::Marker& marker, std::int64_t mentions) {
  if (marker.seq < room.info.marker.seq) return;
  room.info.marker = {marker.seq, std::max(marker.count, room.info.marker.count)};
  room.info.mentions = mentions;
}

void send_due_markers(Turn& turn) {
  if (!turn.state.online()) return;
  for (auto& [id, room] : turn.state.rooms) {
    if (!room.marker_unsent || !room.marker_due || *room.marker_due > turn.state.now) continue;
    room.marker_due.reset();
    turn.call<protocol::MarkerSet>({id, room.info.marker.seq});
  }
}

void fold(Turn& turn, const MarkRead& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  mark_read(turn, *room);
  room->unread_after.reset();
  room->timeline.touch_all();
}

void fold(Turn& turn, const SeenNewest& action) {
  auto* room = turn.state.find_room(action.room);
  if (room && room->timeline.live()) mark_read(turn, *room);
}

void fold(Turn& turn, const protocol::MarkerMoved& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room) return;
  take_marker(*room, event.marker, event.mentions);
  store_room(turn, *room);
  ++turn.state.revisions.rooms;
}

void fold(Turn& turn, const protocol::MentionCounted& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room) return;
  room->info.mentions = event.mentions;
  store_room(turn, *room);
  ++turn.state.revisions.rooms;
}

void fold(Turn& turn, const Answer<protocol::MarkerSet>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  if (answer.result) {
    if (answer.params.seq == room->info.marker.seq) room->marker_unsent = false;
    return;
  }
  room->marker_due = turn.state.now + std::max<std::chrono::milliseconds>(kPauseAfterFailedMarker,
                                                                          answer.result.error().retry_after);
}

}  // namespace wardroom::client
