#include "client/model/thread_following.hpp"

#include <algorithm>
#include <utility>

#include "client/model/people.hpp"
#include "client/model/thread.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::int64_t kThreadsAtOnce = 50;
constexpr std::chrono::milliseconds kThreadMarkPause{1'000};
constexpr std::chrono::seconds kPauseAfterFailedThreadMark{5};

auto find_listed(ThreadsState& threads, const ThreadName& name) {
  return std::ranges::find_if(
      threads.list, [&](const auto& one) { return one.room == name.room && one.root == name.root; });
}

// Replies of others behind `read`, as far as they are loaded; null: nothing of it is.
std::optional<std::int64_t> count_unread(const State& state, const ThreadName& name, Seq read) {
  if (!is_open(state, name)) return std::nullopt;
  const auto& entries = state.threads.open->timeline.entries();
  return std::count_if(entries.upper_bound(std::max(read, name.root)), entries.end(), [&](const auto& entry) {
    const auto* message = entry.second.message();
    return message && !message->deleted.value_or(false) && !state.is_me(message->author);
  });
}

void keep_in_cache(Turn& turn, const ThreadName& name, const protocol::Following& following) {
  auto& threads = turn.state.threads;
  const auto listed = find_listed(threads, name);
  const TimePoint last_at = listed == threads.list.end() ? TimePoint{} : listed->last_at;
  turn.effect(StoreThreads{{{name.room, name.root, std::nullopt, following, last_at}}, false});
}

// What was read here is read, though the server doesn't know it yet.
void read_here(const State& state, const ThreadName& name, protocol::Following& following) {
  const auto mark = state.threads.marks.find(name);
  if (mark == state.threads.marks.end() || !following.on) return;
  const auto& [seq, back] = mark->second;
  if (!back && seq <= following.read) return;
  following.read = seq;
  if (const auto unread = count_unread(state, name, seq)) following.unread = *unread;
}

bool counts(const protocol::Following& following) {
  return following.on && following.unread > 0;
}

void take(Turn& turn, const ThreadName& name, const protocol::Following& following) {
  auto& threads = turn.state.threads;
  auto& known = threads.following[name];
  threads.unread =
      std::max<std::int64_t>(0, threads.unread + (counts(following) ? 1 : 0) - (counts(known) ? 1 : 0));
  known = following;
  if (const auto listed = find_listed(threads, name); listed != threads.list.end())
    listed->following = following;
  touch_thread(turn, name);
}

void mark(Turn& turn, const ThreadName& name, Seq seq, bool back) {
  auto& threads = turn.state.threads;
  const auto at = threads.following.find(name);
  if (at == threads.following.end() || !at->second.on) return;
  auto following = at->second;
  threads.marks[name] = {seq, back};
  if (!threads.marks_due) threads.marks_due = turn.state.now + kThreadMarkPause;
  following.read = seq;
  following.unread = count_unread(turn.state, name, seq).value_or(0);
  take(turn, name, following);
  keep_in_cache(turn, name, following);
}

// What was loaded behind it stays.
void take_first_page(ThreadsState& threads, const protocol::ThreadList::Result& page) {
  auto before = std::exchange(threads.list, page.threads);
  if (!page.more || page.threads.empty()) return;
  const TimePoint last = page.threads.back().last_at;
  for (auto& one : before)
    if (one.last_at < last && find_listed(threads, {one.room, one.root}) == threads.list.end())
      threads.list.push_back(std::move(one));
}

void ask_threads(Turn& turn, std::optional<protocol::Beyond> beyond) {
  auto& threads = turn.state.threads;
  threads.loading = turn.call<protocol::ThreadList>({std::nullopt, beyond, kThreadsAtOnce});
}

}  // namespace

bool follows(const State& state, const ThreadName& thread) {
  const auto at = state.threads.following.find(thread);
  return at != state.threads.following.end() && at->second.on;
}

Seq read_in(const State& state, const ThreadName& thread) {
  const auto at = state.threads.following.find(thread);
  return at != state.threads.following.end() && at->second.on ? at->second.read : Seq{};
}

std::int64_t unread_in(const State& state, const ThreadName& thread) {
  const auto at = state.threads.following.find(thread);
  return at != state.threads.following.end() && at->second.on ? at->second.unread : 0;
}

void set_following(Turn& turn, const ThreadName& thread, protocol::Following following) {
  auto& threads = turn.state.threads;
  read_here(turn.state, thread, following);
  const auto listed = find_listed(threads, thread);
  const bool is_listed = listed != threads.list.end();
  take(turn, thread, following);
  keep_in_cache(turn, thread, following);
  // Newly followed, or no longer: the list is another one.
  if (following.on != is_listed) load_threads(turn);
}

void load_threads(Turn& turn) {
  auto& threads = turn.state.threads;
  if (threads.loading)
    threads.list_again = true;
  else
    ask_threads(turn, std::nullopt);
}

void send_due_thread_marks(Turn& turn) {
  auto& threads = turn.state.threads;
  if (!turn.state.online() || !threads.marks_due || *threads.marks_due > turn.state.now) return;
  threads.marks_due.reset();
  for (const auto& [name, mark] : threads.marks)
    turn.call<protocol::ThreadMarkRead>(
        {name.room, name.root, mark.seq, mark.back ? std::optional(true) : std::nullopt});
}

void take_cached_threads(Turn& turn, const CachedState& cached) {
  auto& threads = turn.state.threads;
  for (const auto& [name, text] : cached.thread_drafts) threads.drafts[name].text = text;
  for (const auto& one : cached.threads) {
    threads.following[{one.room, one.root}] = one.following;
    if (!one.following.on) continue;
    threads.list.push_back(one);
    if (counts(one.following)) ++threads.unread;
  }
  std::ranges::stable_sort(threads.list, std::greater{}, &protocol::MyThread::last_at);
}

void fold(Turn& turn, const ToggleThreads&) {
  State& state = turn.state;
  // From a thread that it led to, back to the list.
  const bool was_open = state.threads.open.has_value();
  close_thread(turn);
  state.threads.shown = was_open || !state.threads.shown;
  if (state.threads.shown) load_threads(turn);
}

void fold(Turn& turn, const MoreThreads&) {
  auto& threads = turn.state.threads;
  if (!threads.more || threads.loading || threads.list.empty()) return;
  const auto& last = threads.list.back();
  ask_threads(turn, protocol::Beyond{last.last_at, last.room, last.root});
}

void fold(Turn& turn, const FollowThread& action) {
  const auto& [name, on] = action;
  if (!turn.call<protocol::ThreadFollow>({name.room, name.root, on})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const SeenInThread& action) {
  if (!is_open(turn.state, action.thread)) return;
  const auto& open = *turn.state.threads.open;
  const auto& entries = open.timeline.entries();
  if (open.read_held || !open.answered || entries.empty()) return;
  const Seq seq = action.seq.is_set() ? action.seq : entries.rbegin()->first;
  if (seq > read_in(turn.state, action.thread)) mark(turn, action.thread, seq, false);
}

void fold(Turn& turn, const UnreadInThread& action) {
  if (!is_open(turn.state, action.thread)) return;
  if (!follows(turn.state, action.thread))
    return show_toast(turn,
                      tr("You don't follow this thread. Follow it, and it's counted when it's unread."));
  auto& open = *turn.state.threads.open;
  const Seq last{action.seq.value - 1};
  open.read_held = true;
  open.unread_after = last;
  mark(turn, action.thread, last, true);
}

void fold(Turn& turn, const Answer<protocol::ThreadList>& answer) {
  auto& threads = turn.state.threads;
  threads.loading = false;
  const bool first = !answer.params.beyond;
  if (std::exchange(threads.list_again, false)) ask_threads(turn, std::nullopt);
  if (!answer.result) {
    threads.error = answer.result.error().message;
    return;
  }
  threads.error.clear();
  auto page = *answer.result;
  learn_people(turn, page.users);
  if (first) {
    if (!page.more) threads.following.clear();
    // What isn't on the page and has unread replies is counted by the server.
    threads.unread = page.unread;
    take_first_page(threads, page);
  }
  for (auto& one : page.threads) {
    const ThreadName name{one.room, one.root};
    auto& known = threads.following[name];
    // The server's count has it.
    known = one.following;
    read_here(turn.state, name, one.following);
    take(turn, name, one.following);
    if (one.message) need_person(turn, one.message->author);
    if (!first) threads.list.push_back(one);
    one.message.reset();
  }
  threads.more = page.more;
  ++turn.state.revisions.rooms;
  turn.effect(StoreThreads{std::move(page.threads), first});
}

void fold(Turn& turn, const Answer<protocol::ThreadFollow>& answer) {
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  set_following(turn, {answer.params.room, answer.params.root}, answer.result->following);
}

void fold(Turn& turn, const Answer<protocol::ThreadMarkRead>& answer) {
  auto& threads = turn.state.threads;
  const ThreadName name{answer.params.room, answer.params.root};
  const auto mark = threads.marks.find(name);
  const bool is_latest = mark != threads.marks.end() && mark->second.seq == answer.params.seq;
  if (!answer.result) {
    const auto& error = answer.result.error();
    const bool may_pass = error.code == ErrorCode::rate_limited || error.code == ErrorCode::unavailable ||
                          error.code == ErrorCode::internal;
    if (may_pass)
      threads.marks_due = turn.state.now +
                          std::max<std::chrono::milliseconds>(kPauseAfterFailedThreadMark, error.retry_after);
    else if (is_latest)
      threads.marks.erase(mark);
    return;
  }
  if (is_latest) threads.marks.erase(mark);
  set_following(turn, name, answer.result->following);
}

void fold(Turn& turn, const protocol::ThreadFollowed& event) {
  set_following(turn, {event.room, event.root}, event.following);
}

}  // namespace wardroom::client
