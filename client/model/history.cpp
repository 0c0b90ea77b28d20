#include "client/model/history.hpp"

#include <algorithm>

#include "client/model/incoming.hpp"
#include "client/model/people.hpp"
#include "client/model/thread.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::int64_t kPage = 100;
constexpr std::size_t kFirstScreen = 40;  // fewer than this from the cache: the server has the rest
constexpr std::size_t kMostRows = 4000;   // a window over this lets go of its far end …
constexpr std::int64_t kNearNewest = 50;  // no more unread than this are on the newest page
constexpr std::size_t kKeptRows = 3000;   // … down to this
constexpr std::size_t kKeptClosed = 200;  // of a room that isn't open
constexpr std::size_t kMostLive = 6000;   // at the newest end, where only old rows can go
constexpr std::chrono::seconds kPauseAfterFailedPage{2};

bool is_empty(Coverage coverage) {
  return coverage.from > coverage.to;
}

void ask_history(Turn& turn, RoomState& room, std::optional<Seq> before, std::optional<Seq> after,
                 std::optional<Seq> around) {
  const bool sent = turn.call<protocol::MessageHistory>({room.info.id, before, after, around, kPage});
  room.loading_older = sent && (before || around);
  room.loading_newer = sent && after.has_value();
  ++turn.state.revisions.ui;
}

void fold_older(Turn& turn, RoomState& room, Seq before, const protocol::MessageHistory::Result& page) {
  if (!room.timeline.loaded() || room.timeline.from() != before) return;
  const bool more = page.more.before && !page.messages.empty();
  const Seq from = more ? page.messages.front().seq : Seq{1};
  room.timeline.extend_older(from);
  // Only what stands next to the cached part can join it.
  if (before <= next(room.coverage.to) && before >= room.coverage.from)
    room.coverage.from = std::min(room.coverage.from, from);
  take_messages(turn, room, page.messages);
  if (room.timeline.entries().size() > kMostRows) room.timeline.trim_newest(kKeptRows);
}

void fold_newer(Turn& turn, RoomState& room, Seq after, const protocol::MessageHistory::Result& page) {
  if (!room.timeline.loaded() || room.timeline.live() || room.timeline.to() != after) return;
  const bool more = page.more.after && !page.messages.empty();
  room.timeline.extend_newer(more ? page.messages.back().seq : page.seq);
  take_messages(turn, room, page.messages);
  if (!more && room.timeline.to() >= room.coverage.to) room.timeline.become_live();
  if (room.timeline.entries().size() > kMostRows) room.timeline.trim_oldest(kKeptRows);
}

void fold_around(Turn& turn, RoomState& room, const protocol::MessageHistory::Result& page) {
  if (page.messages.empty()) return;
  const Seq from = page.more.before ? page.messages.front().seq : Seq{1};
  const Seq to = page.more.after ? page.messages.back().seq : page.seq;
  room.timeline.open_at(from, to);
  take_messages(turn, room, page.messages);
  if (!page.more.after && to >= room.coverage.to) room.timeline.become_live();
}

// Whoever jumps to a message is told when it isn't there: where it stood is in sight then.
void tell_gone(Turn& turn) {
  show_toast(turn, tr("That message is no longer there."));
}

bool has_message(const protocol::MessageHistory::Result& page, Seq seq) {
  return std::ranges::any_of(page.messages, [&](const auto& message) { return message.seq == seq; });
}

// Replies stand in their thread, and only its root in the room.
// True: it is one, and its root is jumped to.
bool jump_into_thread(Turn& turn, RoomState& room, Seq seq) {
  const auto* message = find_message(turn.state, room.info.id, seq);
  if (!message || !message->thread) return false;
  const Seq root = *message->thread;
  room.jump_to = root;
  if (turn.state.open_room == room.info.id) open_thread(turn, {room.info.id, root}, seq);
  return true;
}

// What couldn't be read counts as not cached from now on.
void do_without_cache(Turn& turn, RoomState& room, const PageLoaded& event) {
  room.loading_older = room.loading_newer = false;
  room.coverage.from = next(room.coverage.to);
  if (event.before && room.timeline.loaded()) room.coverage.from = *event.before;
  store_room(turn, room);
  if (event.before) return load_older(turn, room);
  if (!room.timeline.live()) fold(turn, JumpToNewest{room.info.id});
}

}  // namespace

void catch_up_page(const RoomState& room, std::vector<protocol::Message>& messages) {
  for (const auto& change : room.changes_meanwhile)
    for (auto& message : messages)
      if (message.seq == message_of(change)) apply_change(message, change);
}

bool has_older(const RoomState& room) {
  return room.timeline.loaded() && room.timeline.from() > Seq{1};
}

void ensure_window(Turn& turn, RoomState& room) {
  if (!room.timeline.loaded()) {
    // Its answer opens one.
    if (room.loading_older) return;
    room.timeline.open_live(next(room.coverage.to));
  }
  if (room.timeline.entries().size() < kFirstScreen) load_older(turn, room);
}

void open_at_unread(Turn& turn, RoomState& room) {
  const Seq read = room.info.marker.seq;
  if (unread_of(room) <= kNearNewest || room.timeline.covers(next(read))) return ensure_window(turn, room);
  room.loading_older = room.loading_newer = false;
  room.timeline.close();
  if (!is_empty(room.coverage) && room.coverage.from <= next(read) && read < room.coverage.to) {
    room.timeline.open_at(next(read), read);
    load_newer(turn, room);
    return load_older(turn, room);
  }
  ask_history(turn, room, std::nullopt, std::nullopt, next(read));
  if (!room.loading_older) ensure_window(turn, room);
}

bool is_finding_unread(const RoomState& room) {
  return room.unread_after && !room.timeline.covers(next(*room.unread_after)) &&
         (room.loading_older || room.loading_newer);
}

bool jump_to_time(Turn& turn, RoomState& room, TimePoint at) {
  const bool sent = turn.call<protocol::MessageHistory>(
      {room.info.id, std::nullopt, std::nullopt, std::nullopt, kPage, at});
  room.loading_older = room.loading_older || sent;
  return sent;
}

void load_older(Turn& turn, RoomState& room) {
  if (!has_older(room) || room.loading_older || turn.state.now < room.history_retry_at) return;
  const Seq before = room.timeline.from();
  const bool cached =
      !is_empty(room.coverage) && room.coverage.from < before && before <= next(room.coverage.to);
  if (cached) {
    room.loading_older = true;
    turn.effect(LoadPage{room.info.id, before, std::nullopt, static_cast<std::size_t>(kPage)});
    return;
  }
  ask_history(turn, room, before, std::nullopt, std::nullopt);
}

void load_newer(Turn& turn, RoomState& room) {
  if (!room.timeline.loaded() || room.timeline.live() || room.loading_newer) return;
  if (turn.state.now < room.history_retry_at) return;
  const Seq after = room.timeline.to();
  if (after >= room.coverage.to) return room.timeline.become_live();
  if (!is_empty(room.coverage) && next(after) >= room.coverage.from) {
    room.loading_newer = true;
    room.newer_until = room.coverage.to;
    turn.effect(LoadPage{room.info.id, std::nullopt, after, static_cast<std::size_t>(kPage)});
    return;
  }
  ask_history(turn, room, std::nullopt, after, std::nullopt);
}

void shrink_window(RoomState& room) {
  if (!room.timeline.loaded()) return;
  if (room.timeline.live())
    room.timeline.trim_oldest(kKeptClosed);
  else
    room.timeline.close();
}

void trim_live_window(Turn& turn, RoomState& room) {
  if (!room.timeline.live() || room.timeline.entries().size() <= kMostLive) return;
  room.timeline.trim_oldest(kKeptRows);
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const PageLoaded& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room) return;
  if (std::exchange(room->page_is_stale, false)) {
    room->loading_older = room->loading_newer = false;
    return event.before ? load_older(turn, *room) : load_newer(turn, *room);
  }
  if (event.failed) return do_without_cache(turn, *room, event);
  auto& timeline = room->timeline;
  const bool end = event.end || event.messages.empty();
  if (event.before) room->loading_older = false;
  if (event.after) room->loading_newer = false;
  if (event.before && timeline.loaded() && timeline.from() == *event.before)
    timeline.extend_older(end ? std::min(room->coverage.from, *event.before) : event.messages.front().seq);
  else if (event.after && timeline.loaded() && !timeline.live() && timeline.to() == *event.after)
    timeline.extend_newer(end ? room->newer_until : event.messages.back().seq);
  else
    return;
  auto messages = event.messages;
  catch_up_page(*room, messages);
  for (auto& message : messages) {
    need_person(turn, message.author);
    if (message.deleted_by) need_person(turn, *message.deleted_by);
    dont_count_reply(*room, message);
    timeline.put(std::move(message), turn.state.ids.next_key());
  }
  // What came in since the cache was asked isn't in its answer.
  if (event.after && end && room->newer_until >= room->coverage.to) timeline.become_live();
  if (event.before && timeline.entries().size() > kMostRows) timeline.trim_newest(kKeptRows);
  if (event.after && timeline.entries().size() > kMostRows) timeline.trim_oldest(kKeptRows);
  if (event.before && timeline.entries().size() < kFirstScreen) load_older(turn, *room);
  if (event.after && end && !timeline.live()) load_newer(turn, *room);
}

namespace {

void fold_time(Turn& turn, RoomState& room, const Answer<protocol::MessageHistory>& answer) {
  if (std::exchange(room.page_is_stale, false)) {
    jump_to_time(turn, room, *answer.params.at);
    return;
  }
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  learn_people(turn, answer.result->users);
  auto page = *answer.result;
  catch_up_page(room, page.messages);
  if (!page.first) {
    show_toast(turn, tr("Nothing was written on that day or later."), false);
    return fold(turn, JumpToNewest{room.info.id});
  }
  fold_around(turn, room, page);
  room.jump_to = *page.first;
  ++room.jump_serial;
}

}  // namespace

void fold(Turn& turn, const Answer<protocol::MessageHistory>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  if (answer.params.before || answer.params.around || answer.params.at) room->loading_older = false;
  if (answer.params.after) room->loading_newer = false;
  if (answer.params.at) return fold_time(turn, *room, answer);
  if (std::exchange(room->page_is_stale, false) && room->timeline.loaded())
    return ask_history(turn, *room, answer.params.before, answer.params.after, answer.params.around);
  if (!answer.result) {
    const auto& error = answer.result.error();
    room->history_retry_at =
        turn.state.now + std::max<std::chrono::milliseconds>(kPauseAfterFailedPage, error.retry_after);
    room->history_error = error.message;
    if (answer.params.around && !room->timeline.loaded()) ensure_window(turn, *room);
    return;
  }
  room->history_error.clear();
  learn_people(turn, answer.result->users);
  auto page = *answer.result;
  catch_up_page(*room, page.messages);
  if (answer.params.before) fold_older(turn, *room, *answer.params.before, page);
  if (answer.params.after) fold_newer(turn, *room, *answer.params.after, page);
  if (!answer.params.around) return;
  fold_around(turn, *room, page);
  if (*answer.params.around == room->jump_to && !has_message(page, room->jump_to)) tell_gone(turn);
  if (!room->timeline.loaded()) ensure_window(turn, *room);
  if (*answer.params.around != room->jump_to || !jump_into_thread(turn, *room, room->jump_to)) return;
  if (!room->timeline.covers(room->jump_to))
    ask_history(turn, *room, std::nullopt, std::nullopt, room->jump_to);
}

void fold(Turn& turn, const LoadOlder& action) {
  if (auto* room = turn.state.find_room(action.room)) load_older(turn, *room);
}

void fold(Turn& turn, const LoadNewer& action) {
  if (auto* room = turn.state.find_room(action.room)) load_newer(turn, *room);
}

void fold(Turn& turn, const JumpToNewest& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room || room->timeline.live()) return;
  room->timeline.close();
  room->loading_older = room->loading_newer = false;
  ensure_window(turn, *room);
}

void fold(Turn& turn, const JumpToMessage& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  room->jump_to = action.seq;
  ++room->jump_serial;
  jump_into_thread(turn, *room, action.seq);
  // What is behind the last known event may still come.
  const bool may_come = room->jump_to > room->coverage.to;
  if (room->timeline.covers(room->jump_to) &&
      (may_come || find_message(turn.state, action.room, room->jump_to)))
    return;
  ask_history(turn, *room, std::nullopt, std::nullopt, room->jump_to);
  if (!turn.state.online())
    show_toast(turn, tr("You're offline. That part of the history isn't on this PC."));
}

}  // namespace wardroom::client
