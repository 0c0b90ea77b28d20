#include "client/model/thread_writing.hpp"

#include <algorithm>
#include <utility>

#include "client/model/draft_sync.hpp"
#include "client/model/outbox.hpp"
#include "client/model/thread.hpp"
#include "client/model/uploads.hpp"
#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::milliseconds kThreadDraftPause{1'000};

void set_text(Turn& turn, ThreadDraft& draft, std::string text) {
  draft.text = std::move(text);
  ++draft.version;
  draft.due = turn.state.now;
  draft_changed(turn, draft.shared);
  ++turn.state.revisions.rooms;
}

// The composer has let go of the text already, and takes it back.
void keep(Turn& turn, ThreadDraft& draft, const std::string& text) {
  if (!draft.editing) return set_text(turn, draft, text);
  draft.edited = text;
  ++draft.version;
  ++turn.state.revisions.rooms;
}

const protocol::Message* find_own_reply(const State& state, const ThreadName& name, Seq seq) {
  const auto* message = find_message(state, name.room, seq);
  const bool own = message && state.is_me(message->author);
  return own && !message->deleted.value_or(false) ? message : nullptr;
}

void edit_reply(Turn& turn, const ThreadName& name, const protocol::Message& message, std::string text) {
  auto& draft = turn.state.threads.drafts[name];
  if (!draft.editing) save_thread_draft(turn, name);
  draft.editing = message.seq;
  draft.edited = std::move(text);
  ++draft.version;
  ++turn.state.revisions.rooms;
}

void stop_editing_in_thread(Turn& turn, const ThreadName& thread) {
  const auto at = turn.state.threads.drafts.find(thread);
  if (at == turn.state.threads.drafts.end() || !at->second.editing) return;
  at->second.editing.reset();
  at->second.edited.clear();
  ++at->second.version;
  ++turn.state.revisions.rooms;
}

void send_edited(Turn& turn, const ThreadName& name, const std::string& typed, std::string_view text) {
  auto& draft = turn.state.threads.drafts[name];
  const Seq seq = *draft.editing;
  const auto* message = find_own_reply(turn.state, name, seq);
  const bool same = message && message->text == text;
  if (same || turn.call<protocol::MessageEdit>({name.room, seq, std::string(text)}))
    return stop_editing_in_thread(turn, name);
  show_toast(turn, tr("You're offline. The message stays as it was."));
  keep(turn, draft, typed);
}

bool is_command(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \n"));
  // A path such as /etc/hosts is text.
  return word.size() > 1 && word.starts_with('/') && word.find('/', 1) == std::string_view::npos &&
         word != "/me";
}

}  // namespace

void save_thread_draft(Turn& turn, const ThreadName& thread) {
  const auto at = turn.state.threads.drafts.find(thread);
  if (at == turn.state.threads.drafts.end() || !at->second.due) return;
  at->second.due.reset();
  turn.effect(SaveThreadDraft{thread, at->second.text});
}

void save_due_thread_drafts(Turn& turn) {
  for (const auto& [name, draft] : turn.state.threads.drafts)
    if (draft.due && *draft.due <= turn.state.now) save_thread_draft(turn, name);
}

std::optional<TimePoint> next_thread_tick(const State& state) {
  const auto& threads = state.threads;
  std::optional<TimePoint> next;
  const auto consider = [&](TimePoint at) {
    if (!next || at < *next) next = at;
  };
  for (const auto& [name, draft] : threads.drafts)
    if (draft.due) consider(*draft.due);
  if (!state.online()) return next;
  if (threads.marks_due) consider(*threads.marks_due);
  if (threads.open && !threads.open->answered && !threads.open->loading) consider(threads.open->retry_at);
  return next;
}

void take_into_thread_draft(Turn& turn, const ThreadName& thread, const std::string& text) {
  auto& draft = turn.state.threads.drafts[thread];
  set_text(turn, draft, draft.text.empty() ? text : text + "\n" + draft.text);
  save_thread_draft(turn, thread);
}

void leave_deleted_in_threads(Turn& turn, RoomId room, Seq message) {
  for (auto& [name, draft] : turn.state.threads.drafts) {
    if (name.room != room || draft.editing != message) continue;
    const auto* before = find_own_reply(turn.state, name, message);
    const std::string written = before && before->text == draft.edited ? "" : draft.edited;
    stop_editing_in_thread(turn, name);
    if (!written.empty()) take_into_thread_draft(turn, name, written);
  }
}

void take_back_edit(Turn& turn, const ThreadName& thread, Seq message, const std::string& text) {
  const auto* own = find_own_reply(turn.state, thread, message);
  const bool again = own && is_open(turn.state, thread) && !turn.state.threads.drafts[thread].editing;
  if (again) return edit_reply(turn, thread, *own, text);
  take_into_thread_draft(turn, thread, text);
}

std::vector<std::pair<ThreadName, std::string>> written_in_threads(const State& state, RoomId room) {
  std::vector<std::pair<ThreadName, std::string>> written;
  for (const auto& [name, draft] : state.threads.drafts) {
    if (name.room != room) continue;
    for (const auto& text : {draft.text, draft.editing ? draft.edited : std::string()})
      if (!trimmed(text).empty()) written.emplace_back(name, text);
  }
  return written;
}

void fold(Turn& turn, const SendInThread& action) {
  State& state = turn.state;
  auto* room = state.find_room(action.thread.room);
  const std::string_view text = trimmed(action.text);
  if (!room) return;
  auto& draft = state.threads.drafts[action.thread];
  const std::size_t files = draft.editing ? 0 : attached_to(state, action.thread).size();
  if (text.empty() && files == 0) return;
  if (files > protocol::kMaxFiles) {
    show_toast(turn, tr("A message carries {0} files at most. Remove some of them first.",
                        std::to_string(protocol::kMaxFiles)));
    return keep(turn, draft, action.text);
  }
  if (text.size() > protocol::kMaxTextBytes) {
    show_toast(turn,
               tr("That's longer than a message can be (16 KiB). Shorten it, send it in parts, or paste it "
                  "again and attach it as a file."));
    return keep(turn, draft, action.text);
  }
  if (draft.editing) return send_edited(turn, action.thread, action.text, text);
  if (is_command(text)) {
    show_toast(turn, tr("Commands belong in the room. Type this one there."));
    return keep(turn, draft, action.text);
  }
  set_text(turn, draft, {});
  if (is_open(state, action.thread)) {
    state.threads.open->unread_after.reset();
    state.threads.open->read_held = false;
  }
  send_in_thread(turn, *room, std::string(text), action.thread.root);
}

void fold(Turn& turn, const DraftInThread& action) {
  State& state = turn.state;
  if (!state.find_room(action.thread.room)) return;
  auto& draft = state.threads.drafts[action.thread];
  auto& text = draft.editing ? draft.edited : draft.text;
  if (text == action.text) return;
  text = action.text;
  ++state.revisions.rooms;
  if (draft.editing) return;
  if (!draft.due) draft.due = state.now + kThreadDraftPause;
  draft_changed(turn, draft.shared);
}

void fold(Turn& turn, const EditInThread& action) {
  const State& state = turn.state;
  if (!is_open(state, action.thread)) return;
  const auto& entries = state.threads.open->timeline.entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (action.seq.is_set() && entry->first != action.seq) continue;
    const auto* own = find_own_reply(state, action.thread, entry->first);
    if (own) return edit_reply(turn, action.thread, *own, own->text);
  }
}

void fold(Turn& turn, const CancelEditInThread& action) {
  stop_editing_in_thread(turn, action.thread);
}

}  // namespace wardroom::client
