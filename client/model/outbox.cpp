#include "client/model/outbox.hpp"

#include <algorithm>
#include <utility>

#include "client/model/composer.hpp"
#include "client/model/incoming.hpp"
#include "client/model/reading.hpp"
#include "client/model/standing.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "client/model/uploads.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

using Stage = OutboxEntry::State;
constexpr std::chrono::milliseconds kFirstPause{1'000};
constexpr std::chrono::milliseconds kLongestPause{30'000};
constexpr std::chrono::seconds kEventPatience{2};
constexpr const char* kNotInRoom = "You weren't in this room any more.";

auto find_entry(State& state, const std::string& client_id) {
  return std::find_if(state.outbox.begin(), state.outbox.end(),
                      [&](const OutboxEntry& entry) { return entry.row.client_id == client_id; });
}

// The network or the server may do better later. Everything else is an answer to this message.
bool may_pass(const Error& error) {
  if (error.reason == "slow_mode" && error.retry_after.count() > 0) return true;
  switch (error.code) {
    case ErrorCode::rate_limited:
    case ErrorCode::unavailable:
    case ErrorCode::internal:
    case ErrorCode::unauthenticated:
      return true;
    default:
      return false;
  }
}

std::chrono::milliseconds pause_after(const Error& error, int tries) {
  if (error.retry_after.count() > 0) return error.retry_after;
  return std::min(kLongestPause, kFirstPause * (1 << std::min(tries, 5)));
}

// The answer may come before the events of others that stand in front: the message is shown at its place,
// but only counts as folded in when nothing is missing before it.
void place_stored(Turn& turn, RoomState& room, const OutboxRow& row,
                  const protocol::MessagePost::Result& at) {
  protocol::Message message;
  message.seq = at.seq;
  message.at = at.at;
  message.author = turn.state.me->id;
  message.text = row.text;
  message.client_id = row.client_id;
  message.reply_to = row.reply_to;
  message.thread = row.thread;
  note_posted(turn.state, room, at.at);
  if (at.seq == next(room.info.seq)) {
    count_messages(turn, room, {message});
    if (!row.thread) mark_read(turn, room);
  }
  if (!room.catching_up && at.seq == next(room.coverage.to)) room.coverage.to = at.seq;
  if (!row.thread) room.unread_after.reset();
  take_messages(turn, room, {message});
  store_room(turn, room);
  ++turn.state.revisions.rooms;
}

// Asked for if it doesn't come by itself: then the message is no longer shown as on its way.
void expect_event(State& state, RoomState& room, Seq seq) {
  if (seq <= room.coverage.to) return;
  room.highest_seen = std::max(room.highest_seen, seq);
  room.catch_up_at = std::max(room.catch_up_at, state.now + kEventPatience);
}

// Under its root it is told that something of the thread wasn't sent.
void changed(Turn& turn, const OutboxRow& row) {
  ++turn.state.revisions.outbox;
  if (row.thread) touch_thread(turn, {row.room, *row.thread});
}

void fail(Turn& turn, OutboxEntry& entry, std::string why) {
  entry.state = Stage::failed;
  entry.row.failure = std::move(why);
  turn.effect(SaveOutbox{entry.row});
  changed(turn, entry.row);
}

// The answer speaks of a file: it went from the server meanwhile, or isn't there as it was thought to be.
bool wants_files_again(const Error& error) {
  return error.field.starts_with("params.files") &&
         (error.code == ErrorCode::not_found || error.code == ErrorCode::conflict);
}

// How often the files of one message are sent all over again.
constexpr int kMostRounds = 3;

enum class FilesOfEntry { whole, coming, lost };

FilesOfEntry files_of(const State& state, const OutboxEntry& entry, std::vector<std::string>& ids) {
  const auto uploads = uploads_of(state, entry.row.client_id);
  if (std::ssize(uploads) != entry.row.files) return FilesOfEntry::lost;
  for (const auto* upload : uploads) {
    if (upload->state != Upload::State::whole) return FilesOfEntry::coming;
    ids.push_back(upload->row.file);
  }
  return FilesOfEntry::whole;
}

// With what is attached at `place`, if one is given.
void send(Turn& turn, const RoomState& room, std::string text, std::optional<Seq> thread,
          const std::optional<WritingPlace>& place) {
  State& state = turn.state;
  OutboxEntry entry;
  entry.row = {state.ids.next_uuid(state.wall), room.info.id, std::move(text), {}, state.wall, {}};
  entry.row.thread = thread;
  entry.key = state.ids.next_key();
  std::vector<std::string> files;
  if (place) files = take_attached(turn, *place, entry.row.client_id);
  entry.row.files = std::ssize(files);
  turn.effect(SaveOutbox{entry.row, {}, std::move(files)});
  changed(turn, entry.row);
  state.outbox.push_back(std::move(entry));
}

}  // namespace

void add_to_outbox(Turn& turn, RoomState& room, std::string text) {
  State& state = turn.state;
  OutboxEntry entry;
  entry.row = {state.ids.next_uuid(state.wall), room.info.id, std::move(text), room.reply_to, state.wall, {}};
  entry.key = state.ids.next_key();
  auto files = take_attached(turn, room.info.id, entry.row.client_id);
  entry.row.files = std::ssize(files);
  turn.effect(SaveOutbox{entry.row, {}, std::move(files)});
  state.outbox.push_back(std::move(entry));
  room.reply_to.reset();
  room.unread_after.reset();
  room.marker_held = false;
  ++state.revisions.outbox;
}

void send_alone(Turn& turn, const RoomState& room, std::string text, std::optional<Seq> thread) {
  send(turn, room, std::move(text), thread, {});
}

void send_in_thread(Turn& turn, const RoomState& room, std::string text, Seq root) {
  send(turn, room, std::move(text), root, WritingPlace{room.info.id, root});
}

void keep_for_later(Turn& turn, RoomId room, std::string text) {
  State& state = turn.state;
  OutboxEntry entry;
  entry.row = {state.ids.next_uuid(state.wall), room, std::move(text), {}, state.wall, tr(kNotInRoom)};
  entry.state = Stage::failed;
  entry.key = state.ids.next_key();
  turn.effect(SaveOutbox{entry.row});
  state.outbox.push_back(std::move(entry));
  ++state.revisions.outbox;
}

bool is_waiting(const State& state, const std::string& client_id) {
  return std::any_of(state.outbox.begin(), state.outbox.end(),
                     [&](const OutboxEntry& entry) { return entry.row.client_id == client_id; });
}

std::uint64_t settle_outbox(Turn& turn, const std::string& client_id) {
  const auto at = find_entry(turn.state, client_id);
  if (at == turn.state.outbox.end()) return 0;
  const std::uint64_t key = at->key;
  settle_uploads(turn, client_id);
  const OutboxRow row = std::move(at->row);
  turn.state.outbox.erase(at);
  changed(turn, row);
  return key;
}

bool keep_unsent(Turn& turn, const RoomState& room) {
  State& state = turn.state;
  bool any = false;
  const auto keep = [&](OutboxEntry& entry) {
    entry.state = Stage::failed;
    entry.row.failure = tr(kNotInRoom);
    std::vector<std::string> files;
    for (const auto* upload : uploads_of(state, entry.row.client_id)) files.push_back(upload->row.key);
    turn.effect(SaveOutbox{entry.row, std::exchange(entry.replaces, {}), std::move(files)});
    any = true;
  };
  for (auto& entry : state.outbox)
    if (entry.row.room == room.info.id) keep(entry);
  const auto keep_draft = [&](const std::string& text, Seq root) {
    const WritingPlace place{room.info.id, root};
    const bool blank = text.find_first_not_of(" \n\t") == std::string::npos;
    if (blank && attached_to(state, place).empty()) return;
    OutboxEntry entry;
    entry.row = {state.ids.next_uuid(state.wall), room.info.id, text, {}, state.wall, {}};
    if (root.is_set())
      entry.row.thread = root;
    else
      entry.row.reply_to = room.reply_to;
    entry.row.files = std::ssize(take_attached(turn, place, entry.row.client_id));
    entry.key = state.ids.next_key();
    keep(entry);
    state.outbox.push_back(std::move(entry));
  };
  for (const auto& [thread, text] : written_in_threads(state, room.info.id)) keep_draft(text, thread.root);
  for (const Seq root : threads_with_attachments(state, room.info.id)) keep_draft("", root);
  keep_draft(room.draft, {});
  if (room.editing) keep_draft(room.kept_draft, {});
  if (any) ++state.revisions.outbox;
  return any;
}

void send_outbox(Turn& turn) {
  State& state = turn.state;
  if (!state.online()) return;
  std::set<RoomId> blocked;
  for (auto& entry : state.outbox) {
    if (entry.state == Stage::failed || blocked.contains(entry.row.room)) continue;
    std::vector<std::string> ids;
    const bool has_files = entry.row.files > 0;
    if (has_files && entry.state == Stage::waiting) {
      const auto files = files_of(state, entry, ids);
      // A large file doesn't hold up what is written after it.
      if (files == FilesOfEntry::coming) continue;
      if (files == FilesOfEntry::lost) {
        fail(turn, entry,
             tr("This PC no longer knows which files belong to it. Attach them to a new message."));
        continue;
      }
    }
    blocked.insert(entry.row.room);
    if (entry.state != Stage::waiting || entry.retry_at > state.now) continue;
    entry.state = Stage::sending;
    protocol::MessagePost::Params params{entry.row.room, entry.row.client_id, entry.row.text,
                                         entry.row.reply_to, std::nullopt};
    if (has_files) params.files = std::move(ids);
    params.thread = entry.row.thread;
    turn.call<protocol::MessagePost>(std::move(params));
  }
}

void expect_nothing_from_lost_link(Turn& turn) {
  for (auto& entry : turn.state.outbox) {
    if (entry.state == Stage::sending) entry.state = Stage::waiting;
    entry.retry_at = {};
    entry.tries = 0;
  }
}

void fold(Turn& turn, const OutboxSaved& event) {
  const auto at = find_entry(turn.state, event.client_id);
  if (at == turn.state.outbox.end()) return;
  if (at->state != Stage::saving) return;
  const std::string replaced = std::exchange(at->replaces, {});
  if (event.result) {
    at->state = Stage::waiting;
  } else {
    // What is on the disk is the one before, if any: it is tried again or thrown away under that id.
    if (!replaced.empty()) {
      rename_message(turn, at->row.client_id, replaced);
      at->row.client_id = replaced;
    }
    // Not on disk, so not sent: a crash now would lose it without a word.
    at->state = Stage::failed;
    at->row.failure =
        tr("Not sent, because it couldn't be saved on this PC: {0}", event.result.error().message);
  }
  changed(turn, at->row);
}

void fold(Turn& turn, const Answer<protocol::MessagePost>& answer) {
  State& state = turn.state;
  const auto at = find_entry(state, answer.params.client_id);
  // The event was here first.
  if (at == state.outbox.end()) return;
  if (answer.result) {
    const OutboxRow row = at->row;
    if (auto* room = state.find_room(row.room)) {
      // What the server makes of the files, their types and names, comes with the event.
      if (row.files > 0) return expect_event(state, *room, answer.result->seq);
      place_stored(turn, *room, row, *answer.result);
    } else {
      settle_outbox(turn, row.client_id);
      turn.effect(EraseOutbox{row.client_id});
    }
    return;
  }
  const auto& error = answer.result.error();
  const bool again = at->row.files > 0 && wants_files_again(error) && at->tries < kMostRounds;
  if (again) send_uploads_again(turn, at->row.client_id);
  if (!again && !may_pass(error)) return fail(turn, *at, error.message);
  at->state = Stage::waiting;
  at->retry_at = state.now + pause_after(error, at->tries++);
}

void fold(Turn& turn, const RetryMessage& action) {
  State& state = turn.state;
  const auto at = find_entry(state, action.client_id);
  if (at == state.outbox.end() || at->state != Stage::failed) return;
  // Under its old id the server may hold another text (conflict); a refused message was never stored, so a
  // fresh id can't double it.
  at->replaces = std::exchange(at->row.client_id, state.ids.next_uuid(state.wall));
  auto files = rename_message(turn, at->replaces, at->row.client_id);
  continue_uploads(turn, at->row.client_id);
  at->row.failure.clear();
  at->state = Stage::saving;
  at->tries = 0;
  at->retry_at = {};
  turn.effect(SaveOutbox{at->row, at->replaces, std::move(files)});
  changed(turn, at->row);
}

void fold(Turn& turn, const DiscardMessage& action) {
  const auto at = find_entry(turn.state, action.client_id);
  if (at == turn.state.outbox.end() || at->state != Stage::failed) return;
  discard_uploads(turn, at->row.client_id);
  turn.effect(EraseOutbox{at->row.client_id});
  const OutboxRow row = std::move(at->row);
  turn.state.outbox.erase(at);
  changed(turn, row);
}

void fold(Turn& turn, const RewriteMessage& action) {
  const auto at = find_entry(turn.state, action.client_id);
  auto* room = turn.state.find_room(action.room);
  if (!room || at == turn.state.outbox.end() || at->state != Stage::failed) return;
  // In this order on the disk: a crash between them leaves the text twice, not nowhere.
  if (at->row.thread)
    take_into_thread_draft(turn, {action.room, *at->row.thread}, at->row.text);
  else if (!at->row.text.empty())
    take_into_draft(turn, *room, at->row.text);
  if (at->row.reply_to && !at->row.thread) room->reply_to = at->row.reply_to;
  give_back_uploads(turn, at->row.client_id);
  fold(turn, DiscardMessage{action.room, action.client_id});
}

}  // namespace wardroom::client
