#include "client/model/incoming.hpp"

#include <algorithm>

#include "client/model/history.hpp"
#include "client/model/notifications.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/rooms.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

using protocol::Message;

// A busy room goes on while its gap is being filled; what doesn't fit here is asked for again.
constexpr std::size_t kMostHeld = 1000;
constexpr std::chrono::seconds kCatchUpPause{2};

bool is_me(const State& state, UserId user) {
  return state.me && state.me->id == user;
}

void add_notice(Turn& turn, RoomState& room, Seq seq, Notice notice) {
  need_person(turn, notice.who);
  if (notice.by.is_set()) need_person(turn, notice.by);
  room.timeline.put(seq, std::move(notice), turn.state.ids.next_key());
}

// `fresh`: nothing newer was folded in yet.
void apply(Turn& turn, RoomState& room, const protocol::MessagePosted& event, bool fresh) {
  if (!fresh) return;  // what filled the gap brought it, perhaps with later edits
  forget_typing(turn, room, event.author);
  const bool own = is_me(turn.state, event.author);
  if (!own && !turn.state.focused && unread_of(room) == 0) room.unread_after = room.info.marker.seq;
  if (own) room.unread_after.reset();
  const Message message{event.seq,      event.at, event.author, event.text, event.client_id,
                        event.reply_to, {},       {},           {}};
  count_messages(room, {message});
  if (own && event.seq > room.info.marker.seq) {
    room.info.marker = {event.seq, room.info.count};
    room.info.mentions = 0;
  }
  notify_of(turn, room, message);
  take_messages(turn, room, {message});
  store_room(turn, room);
}

void apply(Turn& turn, RoomState& room, const protocol::RoomUpdated& event, bool fresh) {
  if (event.name != room.info.name)
    add_notice(turn, room, event.seq, {Notice::Kind::renamed, event.at, event.by, {}, event.name});
  if (event.topic != room.info.topic)
    add_notice(turn, room, event.seq, {Notice::Kind::topic, event.at, event.by, {}, event.topic});
  room.info.name = event.name;
  room.info.topic = event.topic;
  if (fresh) store_room(turn, room);
}

void apply(Turn& turn, RoomState& room, const protocol::MemberJoined& event, bool) {
  learn_people(turn, {event.user});
  if (std::none_of(room.members.begin(), room.members.end(),
                   [&](const RoomMember& m) { return m.user == event.user.id; }))
    room.members.push_back({event.user.id, protocol::RoomRole::member});
  turn.state.watch_due = true;
  const UserId by = event.by.value_or(UserId{});
  const bool added = by.is_set() && by != event.user.id;
  add_notice(turn, room, event.seq,
             {added ? Notice::Kind::added : Notice::Kind::joined, event.at, event.user.id, by, {}});
}

void apply(Turn& turn, RoomState& room, const protocol::MemberLeft& event, bool) {
  std::erase_if(room.members, [&](const RoomMember& m) { return m.user == event.user; });
  forget_typing(turn, room, event.user);
  turn.state.watch_due = true;
  const UserId by = event.by.value_or(UserId{});
  const bool removed = by.is_set() && by != event.user;
  add_notice(turn, room, event.seq,
             {removed ? Notice::Kind::removed : Notice::Kind::left, event.at, event.user, by, {}});
}

void apply(Turn& turn, RoomState& room, const protocol::MemberChanged& event, bool) {
  learn_people(turn, {event.user});
  // The event doesn't say the new role in the room.
  if (room.info.id == turn.state.open_room) load_members(turn, room);
}

// False: the event took the room away.
template <class E>
bool advance(Turn& turn, RoomState& room, const E& event) {
  const bool fresh = event.seq > room.coverage.to;
  if constexpr (std::is_same_v<E, protocol::MemberLeft>)
    if (is_me(turn.state, event.user)) {
      forget_room(turn, room.info.id);
      return false;
    }
  if (fresh) room.coverage.to = event.seq;
  apply(turn, room, event, fresh);
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
  for (const auto& message : messages) {
    need_person(turn, message.author);
    std::uint64_t key = 0;
    if (message.client_id && is_me(turn.state, message.author)) {
      key = settle_outbox(turn, *message.client_id);
      if (key != 0) store.sent.push_back(*message.client_id);
    }
    room.timeline.put(message, key != 0 ? key : turn.state.ids.next_key());
  }
  store.messages = std::move(messages);
  store.coverage = room.coverage;
  turn.effect(std::move(store));
  if (room.info.id == turn.state.open_room) trim_live_window(turn, room);
}

void count_messages(RoomState& room, const std::vector<Message>& messages) {
  Seq newest = room.info.seq;
  for (const auto& message : messages) {
    if (message.seq <= room.info.seq) continue;
    ++room.info.count;
    newest = std::max(newest, message.seq);
    if (!room.info.last_at || *room.info.last_at < message.at) room.info.last_at = message.at;
  }
  room.info.seq = newest;
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
  room.catching_up = room.loading_older = room.loading_newer = false;
  room.coverage = {next(seq), seq};
  turn.effect(DropMessages{room.info.id});
  store_room(turn, room);
}

void store_room(Turn& turn, const RoomState& room) {
  turn.effect(StoreRoom{room.info, room.coverage});
}

void fold(Turn& turn, const protocol::MessagePosted& event) {
  fold_durable(turn, event);
}
void fold(Turn& turn, const protocol::RoomUpdated& event) {
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
  count_messages(*room, result.messages);
  const bool moved = result.seq > room->coverage.to;
  room->coverage.to = std::max(room->coverage.to, result.seq);
  take_messages(turn, *room, result.messages);
  store_room(turn, *room);
  ++turn.state.revisions.rooms;
  if (result.more && moved) return catch_up(turn, *room);
  room->info.seq = std::max(room->info.seq, room->coverage.to);
  if (!release_held(turn, *room)) return;
  // Deletions and names may have been in the gap: the list has the server's own counts.
  list_rooms(turn);
  if (room->highest_seen <= room->coverage.to) return;
  if (!moved) room->catch_up_at = turn.state.now + kCatchUpPause;
  catch_up(turn, *room);
}

}  // namespace wardroom::client
