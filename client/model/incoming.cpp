#include "client/model/incoming.hpp"

#include <algorithm>

#include "client/model/durable_events.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/history.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pins.hpp"
#include "client/model/reading.hpp"
#include "client/model/rooms.hpp"
#include "client/model/thread.hpp"
#include "client/model/trimming.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

using protocol::Message;

// A busy room goes on while its gap is being filled; what doesn't fit here is asked for again.
constexpr std::size_t kMostHeld = 1000;
// Far more than changes while a page is read.
constexpr std::size_t kMostRemembered = 500;
constexpr std::chrono::seconds kCatchUpPause{2};

// False: the event took the room away.
template <class E>
bool advance(Turn& turn, RoomState& room, const E& event) {
  const bool fresh = event.seq > room.coverage.to;
  if constexpr (std::is_same_v<E, protocol::MemberLeft>)
    if (turn.state.is_me(event.user)) {
      forget_room(turn, room.info.id);
      return false;
    }
  if (fresh) room.coverage.to = event.seq;
  apply_event(turn, room, event, fresh);
  release_thread_changes(turn, room);
  room.info.seq = std::max(room.info.seq, event.seq);
  ++turn.state.revisions.rooms;
  return true;
}

bool release_held(Turn& turn, RoomState& room) {
  while (!room.held.empty() && room.held.begin()->first <= next(room.coverage.to)) {
    const auto event = std::move(room.held.extract(room.held.begin()).mapped());
    if (!std::visit([&](const auto& e) { return advance(turn, room, e); }, event)) return false;
  }
  return true;
}

template <class E>
void fold_durable(Turn& turn, const E& event) {
  State& state = turn.state;
  auto* room = state.find_room(event.room);
  if (!room || room->relist) {
    auto& seen = state.strays[event.room];
    seen = std::max(seen, event.seq);
    return list_rooms(turn);
  }
  room->highest_seen = std::max(room->highest_seen, event.seq);
  if (event.seq <= room->coverage.to) return;
  if (room->catching_up || event.seq != next(room->coverage.to)) {
    if (room->held.size() < kMostHeld) room->held.emplace(event.seq, event);
    return catch_up(turn, *room);
  }
  advance(turn, *room, event);
}

}  // namespace

void take_messages(Turn& turn, RoomState& room, std::vector<Message> messages) {
  StoreMessages store{room.info.id, {}, {}, {}};
  for (auto& message : messages) {
    strip_tombstone(message);
    // Whole, as it is after its last change.
    if (message.changed)
      remember_change(room, protocol::MessageRestored{room.info.id, *message.changed, message.at, message,
                                                      message.author});
    need_person(turn, message.author);
    if (message.deleted_by) need_person(turn, *message.deleted_by);
    std::uint64_t key = 0;
    if (message.client_id && turn.state.is_me(message.author)) {
      key = settle_outbox(turn, *message.client_id);
      if (key != 0) store.sent.push_back(*message.client_id);
    }
    if (key == 0) key = turn.state.ids.next_key();
    room.timeline.put(message, key);
    take_into_thread(turn, room.info.id, message, key);
    dont_count_reply(room, message);
    if (message.replies)
      for (const UserId user : message.replies->repliers) need_person(turn, user);
  }
  store.messages = std::move(messages);
  store.coverage = room.coverage;
  turn.effect(std::move(store));
  if (room.info.id == turn.state.open_room) trim_live_window(turn, room);
}

// The server counts it in the room, too.
void dont_count_reply(RoomState& room, const Message& message) {
  if (message.thread && message.seq > room.info.marker.seq && message.seq <= room.info.seq)
    room.own_unread.insert(message.seq);
}

void remember_change(RoomState& room, MessageChange change) {
  if (!room.timeline.loaded()) return;
  auto& remembered = room.changes_meanwhile;
  if (remembered.size() == kMostRemembered) remembered.erase(remembered.begin());
  remembered.push_back(std::move(change));
}

void count_messages(Turn& turn, RoomState& room, const std::vector<Message>& messages) {
  std::map<Seq, const Message*> fresh;  // changes come in another order than messages were posted
  for (const auto& message : messages)
    if (message.seq > room.info.seq) fresh.emplace(message.seq, &message);
  for (const auto& [seq, message] : fresh) {
    const bool all_read = unread_of(room) == 0;
    ++room.info.count;
    room.info.seq = seq;
    if (!room.info.last_at || *room.info.last_at < message->at) room.info.last_at = message->at;
    const bool own = turn.state.is_me(message->author);
    if (own || message->thread) room.own_unread.insert(seq);
    if (!own) continue;
    if (all_read && !room.marker_held) move_marker(turn, room, {seq, room.info.count});
  }
}

void catch_up(Turn& turn, RoomState& room) {
  if (room.catching_up || turn.state.now < room.catch_up_at) return;
  room.catching_up = turn.call<protocol::MessageChanges>(
      {room.info.id, room.coverage.to, static_cast<std::int64_t>(protocol::kMaxPage)});
}

void catch_up_late_rooms(Turn& turn) {
  for (auto& [id, room] : turn.state.rooms)
    if (room.highest_seen > room.coverage.to) catch_up(turn, room);
}

void start_afresh(Turn& turn, RoomState& room, Seq seq) {
  room.timeline.close();
  room.held.clear();
  room.changes_meanwhile.clear();
  room.pins_loaded = false;
  room.catching_up = room.loading_older = room.loading_newer = false;
  room.coverage = {next(seq), seq};
  turn.effect(DropMessages{room.info.id});
  store_room(turn, room);
  release_thread_changes(turn, room);
}

void store_room(Turn& turn, const RoomState& room) {
  turn.effect(StoreRoom{room.info, room.coverage});
}

void fold(Turn& turn, const protocol::MessagePosted& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MessageEdited& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MessageDeleted& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MessageRestored& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MessageReacted& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MessagePinned& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::RoomUpdated& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::RoomArchived& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::RoomTrimmed& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::DirectChanged& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MemberJoined& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MemberLeft& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::MemberChanged& event) {
  fold_durable(turn, event);
}

void fold(Turn& turn, const Answer<protocol::MessageChanges>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  // An answer from before start_afresh or a reconnection speaks of another position.
  if (!room || !room->catching_up || answer.params.since != room->coverage.to) return;
  room->catching_up = false;
  if (!answer.result) {
    const auto& error = answer.result.error();
    room->catch_up_at =
        turn.state.now + std::max<std::chrono::milliseconds>(kCatchUpPause, error.retry_after);
    return;
  }
  const auto& result = *answer.result;
  learn_people(turn, result.users);
  if (result.trimmed) trim_room(turn, *room, *result.trimmed);
  count_messages(turn, *room, result.messages);
  const bool moved = result.seq > room->coverage.to;
  room->coverage.to = std::max(room->coverage.to, result.seq);
  take_messages(turn, *room, result.messages);
  release_thread_changes(turn, *room);
  store_room(turn, *room);
  if (std::any_of(result.messages.begin(), result.messages.end(),
                  [](const Message& one) { return one.files.has_value(); }))
    files_changed(turn, room->info.id);
  ++turn.state.revisions.rooms;
  if (result.more && moved) return catch_up(turn, *room);
  room->info.seq = std::max(room->info.seq, room->coverage.to);
  room->pins_loaded = false;
  load_shown_pins(turn);
  if (!release_held(turn, *room)) return;
  // Deletions and names may have been in the gap: the list has the server's own counts.
  list_rooms(turn);
  if (room->highest_seen <= room->coverage.to) return;
  if (!moved) room->catch_up_at = turn.state.now + kCatchUpPause;
  catch_up(turn, *room);
}

}  // namespace wardroom::client
