#include "client/model/reading.hpp"

#include <algorithm>

#include "client/model/incoming.hpp"
#include "client/model/surroundings.hpp"

namespace wardroom::client {
namespace {

// Reading along in a busy room must not cost a request a message.
constexpr std::chrono::milliseconds kMarkerPause{1'000};
constexpr std::chrono::seconds kPauseAfterFailedMarker{5};

void forget_own_before(RoomState& room) {
  auto& own = room.own_unread;
  own.erase(own.begin(), own.upper_bound(room.info.marker.seq));
}

// How many messages the window holds behind `after`, up to `last`.
std::int64_t messages_between(const RoomState& room, Seq after, Seq last) {
  const auto& entries = room.timeline.entries();
  return std::count_if(entries.upper_bound(after), entries.upper_bound(last),
                       [](const auto& entry) { return entry.second.message() != nullptr; });
}

}  // namespace

void move_marker(Turn& turn, RoomState& room, const protocol::Marker& marker) {
  room.info.marker = marker;
  forget_own_before(room);
  if (unread_of(room) == 0) room.info.mentions = 0;
  room.marker_unsent = true;
  if (!room.marker_due) room.marker_due = turn.state.now + kMarkerPause;
  store_room(turn, room);
  ++turn.state.revisions.rooms;
}

void mark_read(Turn& turn, RoomState& room) {
  const auto& info = room.info;
  if (unread_of(room) == 0 && info.mentions == 0 && room.own_unread.empty()) return;
  room.marker_back = false;
  move_marker(turn, room, {std::max(info.marker.seq, info.seq), std::max(info.marker.count, info.count)});
  room.info.mentions = 0;
}

void take_marker(RoomState& room, const protocol::Marker& marker, std::int64_t mentions, bool back) {
  if (!back && (room.marker_back || marker.seq < room.info.marker.seq)) return;
  room.info.marker = {marker.seq, back ? marker.count : std::max(marker.count, room.info.marker.count)};
  room.info.mentions = mentions;
  forget_own_before(room);
}

void send_due_markers(Turn& turn) {
  if (!turn.state.online()) return;
  for (auto& [id, room] : turn.state.rooms) {
    if (!room.marker_unsent || !room.marker_due || *room.marker_due > turn.state.now) continue;
    room.marker_due.reset();
    turn.call<protocol::MarkerSet>(
        {id, room.info.marker.seq, room.marker_back ? std::optional(true) : std::nullopt});
  }
}

void fold(Turn& turn, const MarkRead& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  room->marker_held = false;
  mark_read(turn, *room);
  room->unread_after.reset();
  room->timeline.touch_all();
}

void fold(Turn& turn, const SeenNewest& action) {
  auto* room = turn.state.find_room(action.room);
  if (room && room->timeline.live() && !room->marker_held) mark_read(turn, *room);
}

void fold(Turn& turn, const SeenUpTo& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room || room->marker_held) return;
  const auto before = room->info.marker;
  if (action.seq <= before.seq) return;
  // Whoever jumped ahead hasn't read what lies between.
  if (!room->timeline.covers(next(before.seq)) || !room->timeline.covers(action.seq)) return;
  const auto read = messages_between(*room, before.seq, action.seq);
  move_marker(turn, *room, {action.seq, std::min(room->info.count, before.count + read)});
}

void fold(Turn& turn, const MarkUnread& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room || !room->timeline.entries().contains(action.seq)) return;
  const auto before = room->info.marker;
  const Seq last{action.seq.value - 1};
  // Where the window doesn't reach to the old marker the server's answer puts the count right.
  const auto count = last < before.seq ? before.count - messages_between(*room, last, before.seq)
                                       : before.count + messages_between(*room, before.seq, last);
  for (auto at = room->timeline.entries().find(action.seq); at != room->timeline.entries().end(); ++at)
    if (const auto* message = at->second.message();
        message && (message->thread || turn.state.is_me(message->author)))
      room->own_unread.insert(at->first);
  room->marker_back = last < before.seq;
  room->marker_held = true;
  room->unread_after = last;
  move_marker(turn, *room, {last, std::max<std::int64_t>(0, count)});
}

void fold(Turn& turn, const protocol::MarkerMoved& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room) return;
  const bool back = event.back.value_or(false);
  if (event.marker.seq != room->info.marker.seq) note_elsewhere(turn);
  take_marker(*room, event.marker, event.mentions, back);
  // Else what is on the screen here would be read at once.
  if (back) room->marker_held = true;
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
    if (answer.params.seq == room->info.marker.seq) room->marker_unsent = room->marker_back = false;
    return;
  }
  room->marker_due = turn.state.now + std::max<std::chrono::milliseconds>(kPauseAfterFailedMarker,
                                                                          answer.result.error().retry_after);
}

}  // namespace wardroom::client
