#include "client/model/thread.hpp"

#include <algorithm>

#include "client/model/draft_sync.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/people.hpp"
#include "client/model/rooms.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::int64_t kRepliesAtOnce = 100;
constexpr std::chrono::seconds kPauseAfterFailedReplies{2};
// Far more than come while a gap is filled; those that don't fit come with the gap.
constexpr std::size_t kMostHeldChanges = 1000;

bool belongs(const ThreadName& name, const protocol::Message& message) {
  return message.seq == name.root || message.thread == name.root;
}

Seq newest_of(const Timeline& timeline) {
  return timeline.entries().empty() ? Seq{} : timeline.entries().rbegin()->first;
}

void ask_replies(Turn& turn, OpenedThread& open, std::optional<Seq> before) {
  if (turn.state.now < open.retry_at) return;
  const bool sent = turn.call<protocol::MessageThread>(
      {open.name.room, open.name.root, before, std::nullopt, kRepliesAtOnce});
  (before ? open.loading_older : open.loading) = sent;
}

void need_people_of(Turn& turn, const protocol::Message& message) {
  need_person(turn, message.author);
  if (message.deleted_by) need_person(turn, *message.deleted_by);
  if (!message.replies) return;
  for (const UserId user : message.replies->repliers) need_person(turn, user);
}

// What the room has in memory is there at once.
void take_from_room(OpenedThread& open, const RoomState& room) {
  for (const auto& [seq, entry] : room.timeline.entries())
    if (const auto* message = entry.message(); message && belongs(open.name, *message))
      open.timeline.put(*message, entry.key);
}

// The newest page: what stands before it is asked for when the person scrolls up to it.
void take_newest(OpenedThread& open, const protocol::MessageThread::Result& page) {
  const Seq root = open.name.root;
  const bool whole = !page.more.before || page.messages.empty();
  const Seq first = whole ? root : page.messages.front().seq;
  const bool joins = open.oldest.is_set() && first <= open.known_to;
  if (whole || !joins) {
    open.complete = whole;
    open.oldest = first;
  }
  if (!open.complete) open.timeline.drop_between(root, open.oldest);
}

void change_list(Turn& turn, const protocol::ThreadChanged& event) {
  auto& list = turn.state.threads.list;
  const auto at = std::ranges::find_if(
      list, [&](const auto& one) { return one.room == event.room && one.root == event.root; });
  if (at == list.end() || !event.replies) return;
  at->last_at = std::max(at->last_at, event.replies->last_at);
  std::ranges::stable_sort(list, std::greater{}, &protocol::MyThread::last_at);
}

}  // namespace

const protocol::Message* find_message(const State& state, RoomId id, Seq seq) {
  const auto in = [&](const Timeline& timeline) {
    const auto at = timeline.entries().find(seq);
    return at == timeline.entries().end() ? nullptr : at->second.message();
  };
  const auto* room = state.find_room(id);
  if (!room) return nullptr;
  if (const auto* message = in(room->timeline)) return message;
  const auto& open = state.threads.open;
  return open && open->name.room == id ? in(open->timeline) : nullptr;
}

bool is_open(const State& state, const ThreadName& thread) {
  return state.threads.open && state.threads.open->name == thread;
}

void open_thread(Turn& turn, const ThreadName& thread, Seq jump_to) {
  State& state = turn.state;
  if (!state.find_room(thread.room)) return show_toast(turn, tr("You aren't in that room any more."));
  if (!is_open(state, thread)) {
    if (state.open_room != thread.room) open_room(turn, thread.room);
    close_thread(turn);
    auto& open = state.threads.open.emplace();
    open.name = thread;
    open.timeline.open_live(thread.root);
    ++state.threads.serial;
    ++state.threads.drafts[thread].version;
    take_from_room(open, *state.find_room(thread.room));
    const auto known = state.threads.following.find(thread);
    if (known != state.threads.following.end() && known->second.on && known->second.unread > 0)
      open.unread_after = known->second.read;
    touch_thread(turn, thread);
    turn.effect(LoadThread{thread});
    ask_replies(turn, open, std::nullopt);
  }
  if (jump_to.is_set()) {
    state.threads.open->jump_to = jump_to;
    ++state.threads.open->jump_serial;
  }
  state.count_change();
}

void close_thread(Turn& turn) {
  auto& threads = turn.state.threads;
  if (!threads.open) return;
  const ThreadName name = threads.open->name;
  // An edit that was begun waits as a draft does.
  save_thread_draft(turn, name);
  tell_draft(turn, name);
  threads.open.reset();
  // Now it is told there that a draft waits.
  touch_thread(turn, name);
  if (threads.marks_due) threads.marks_due = turn.state.now;
  send_due_thread_marks(turn);
  turn.state.count_change();
}

bool leave_threads(Turn& turn) {
  const bool any = turn.state.threads.open || turn.state.threads.shown;
  close_thread(turn);
  turn.state.threads.shown = false;
  return any;
}

void reload_thread(Turn& turn) {
  auto& open = turn.state.threads.open;
  if (!open) return;
  open->answered = false;
  ask_replies(turn, *open, std::nullopt);
}

void expect_no_replies(Turn& turn) {
  auto& threads = turn.state.threads;
  threads.held.clear();
  threads.loading = threads.list_again = false;
  if (!threads.marks.empty()) threads.marks_due = turn.state.now;
  if (!threads.open) return;
  threads.open->loading = threads.open->loading_older = false;
  threads.open->retry_at = {};
  threads.open->known_to = newest_of(threads.open->timeline);
}

void retry_thread(Turn& turn) {
  auto& open = turn.state.threads.open;
  if (open && !open->answered && !open->loading && turn.state.online())
    ask_replies(turn, *open, std::nullopt);
}

void take_into_thread(Turn& turn, RoomId room, const protocol::Message& message, std::uint64_t key) {
  auto& open = turn.state.threads.open;
  if (!open || open->name.room != room || !belongs(open->name, message)) return;
  // An old one that a page of the room brought: others may be missing behind it.
  const bool beyond = message.seq != open->name.root && !open->complete && message.seq < open->oldest;
  if (!beyond) open->timeline.put(message, key);
}

void change_in_threads(Turn& turn, RoomId room, const MessageChange& change) {
  auto& threads = turn.state.threads;
  if (threads.open && threads.open->name.room == room) threads.open->timeline.change(change);
  for (auto& one : threads.list)
    if (one.room == room && one.root == message_of(change) && one.message) apply_change(*one.message, change);
}

void touch_thread(Turn& turn, const ThreadName& thread) {
  if (auto* room = turn.state.find_room(thread.room)) room->timeline.touch(thread.root);
  ++turn.state.revisions.rooms;
}

void release_thread_changes(Turn& turn, RoomState& room) {
  const auto at = turn.state.threads.held.find(room.info.id);
  if (at == turn.state.threads.held.end()) return;
  auto& held = at->second;
  while (!held.empty() && held.begin()->first <= room.coverage.to) {
    const auto event = std::move(held.extract(held.begin()).mapped());
    if (event.replies)
      for (const UserId user : event.replies->repliers) need_person(turn, user);
    const MessageChange change = event;
    room.timeline.change(change);
    remember_change(room, change);
    change_in_threads(turn, room.info.id, change);
    change_list(turn, event);
    turn.effect(ChangeMessage{change, room.coverage});
    ++turn.state.revisions.rooms;
  }
  if (held.empty()) turn.state.threads.held.erase(at);
}

void trim_threads(Turn& turn, RoomId room, TimePoint before) {
  auto& open = turn.state.threads.open;
  if (open && open->name.room == room) open->timeline.drop_before(before);
  load_threads(turn);
}

void forget_threads(Turn& turn, RoomId room) {
  auto& threads = turn.state.threads;
  if (threads.open && threads.open->name.room == room) threads.open.reset();
  const auto is_of_room = [&](const auto& one) { return one.first.room == room; };
  std::erase_if(threads.drafts, is_of_room);
  std::erase_if(threads.following, is_of_room);
  std::erase_if(threads.marks, is_of_room);
  std::erase_if(threads.list, [&](const auto& one) { return one.room == room; });
  threads.held.erase(room);
  load_threads(turn);
}

void fold(Turn& turn, const OpenThread& action) {
  open_thread(turn, action.thread);
}

void fold(Turn& turn, const CloseThread&) {
  if (turn.state.threads.open) return close_thread(turn);
  turn.state.threads.shown = false;
}

void fold(Turn& turn, const OlderInThread& action) {
  if (!is_open(turn.state, action.thread)) return;
  auto& open = *turn.state.threads.open;
  if (!open.answered || open.complete || open.loading_older) return;
  ask_replies(turn, open, open.oldest);
}

// Beside what the room had: nothing of it is newer than that.
void fold(Turn& turn, const ThreadLoaded& event) {
  if (!is_open(turn.state, event.thread)) return;
  for (const auto& message : event.messages) {
    need_people_of(turn, message);
    take_into_thread(turn, event.thread.room, message, turn.state.ids.next_key());
  }
}

void fold(Turn& turn, const Answer<protocol::MessageThread>& answer) {
  State& state = turn.state;
  const ThreadName name{answer.params.room, answer.params.root};
  auto* room = state.find_room(name.room);
  if (!room || !is_open(state, name)) return;
  auto& open = *state.threads.open;
  (answer.params.before ? open.loading_older : open.loading) = false;
  if (!answer.result) {
    const auto& error = answer.result.error();
    open.error = error.message;
    // Another answer is only to be had of these.
    open.answered = error.code != ErrorCode::rate_limited && error.code != ErrorCode::unavailable &&
                    error.code != ErrorCode::internal;
    open.retry_at =
        state.now + std::max<std::chrono::milliseconds>(kPauseAfterFailedReplies, error.retry_after);
    return;
  }
  const auto& page = *answer.result;
  open.error.clear();
  learn_people(turn, page.users);
  if (!answer.params.before) {
    take_newest(open, page);
    const bool first = !std::exchange(open.answered, true);
    if (first && !open.unread_after && page.following.on && page.following.unread > 0)
      open.unread_after = page.following.read;
    open.rootless = !page.root.has_value();
    set_following(turn, name, page.following);
  } else if (*answer.params.before == open.oldest) {
    open.complete = !page.more.before || page.messages.empty();
    open.oldest = open.complete ? name.root : page.messages.front().seq;
  }
  auto messages = page.messages;
  if (page.root) messages.insert(messages.begin(), *page.root);
  catch_up_page(*room, messages);
  for (const auto& message : messages) need_people_of(turn, message);
  take_messages(turn, *room, std::move(messages));
}

void fold(Turn& turn, const protocol::ThreadChanged& event) {
  auto* room = turn.state.find_room(event.room);
  if (!room) return;
  auto& held = turn.state.threads.held[event.room];
  if (held.size() < kMostHeldChanges) held.insert_or_assign(event.changed, event);
  release_thread_changes(turn, *room);
}

}  // namespace wardroom::client
