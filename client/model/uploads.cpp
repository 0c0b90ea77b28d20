#include "client/model/uploads.hpp"

#include <algorithm>
#include <utility>

#include "client/model/office_policy.hpp"
#include "client/model/settings.hpp"
#include "client/model/standing.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

using UploadState = Upload::State;
constexpr std::chrono::milliseconds kFirstUploadPause{1'000};
constexpr std::chrono::milliseconds kLongestUploadPause{30'000};

auto find_upload(State& state, const std::string& key) {
  return std::find_if(state.uploads.begin(), state.uploads.end(),
                      [&](const Upload& upload) { return upload.row.key == key; });
}

Upload* find_attempt(State& state, const std::string& key, std::uint64_t attempt) {
  const auto at = find_upload(state, key);
  return at == state.uploads.end() || at->attempt != attempt || attempt == 0 ? nullptr : &*at;
}

void stop_upload(Turn& turn, Upload& upload) {
  if (upload.state != UploadState::sending) return;
  turn.effect(StopTransfer{upload.attempt});
  upload.attempt = 0;
  upload.state = UploadState::waiting;
}

void save_upload(Turn& turn, const Upload& upload) {
  turn.effect(SaveUpload{upload.row});
  ++turn.state.revisions.outbox;
}

// Nothing is lost by it: the file itself stays where the person has it.
void throw_away(Turn& turn, Upload& upload) {
  stop_upload(turn, upload);
  if (!upload.row.file.empty() && turn.state.online())
    turn.effect(WithdrawFile{upload.row.file, file_server(turn.state)});
  turn.effect(DropCopy{upload.row.path});
}

void fail_upload(Turn& turn, Upload& upload, std::string why) {
  upload.state = UploadState::failed;
  upload.attempt = 0;
  upload.row.failure = std::move(why);
  save_upload(turn, upload);
}

// The connection, the server's disk or its time may be better later; what this PC or the server says of the
// file itself stays so.
bool may_get_better(const Error& error) {
  switch (error.code) {
    case ErrorCode::rate_limited:
    case ErrorCode::unavailable:
    case ErrorCode::internal:
    case ErrorCode::unauthenticated:
      return true;
    case ErrorCode::conflict:
      return error.reason == "offset_wrong" || error.reason == "taken_over";
    default:
      return false;
  }
}

void resume_upload(Upload& upload) {
  upload.state = UploadState::waiting;
  upload.row.paused = false;
  upload.row.failure.clear();
  upload.trouble.clear();
  upload.tries = 0;
  upload.retry_at = {};
}

bool is_editing(const State& state, const WritingPlace& place) {
  if (!place.thread.is_set()) {
    const auto* room = state.find_room(place.room);
    return room && room->editing;
  }
  const auto draft = state.threads.drafts.find({place.room, place.thread});
  return draft != state.threads.drafts.end() && draft->second.editing;
}

template <class Belongs>
std::vector<const Upload*> select_uploads(const State& state, Belongs belongs) {
  std::vector<const Upload*> found;
  for (const auto& upload : state.uploads)
    if (belongs(upload.row)) found.push_back(&upload);
  return found;
}

}  // namespace

FileServer file_server(const State& state) {
  return {state.server.value_or(Introduction{}), state.token};
}

std::vector<const Upload*> uploads_of(const State& state, const std::string& client_id) {
  return select_uploads(state, [&](const UploadRow& row) { return row.client_id == client_id; });
}

std::vector<const Upload*> attached_to(const State& state, const WritingPlace& place) {
  return select_uploads(state,
                        [&](const UploadRow& row) { return row.place == place && row.client_id.empty(); });
}

std::set<Seq> threads_with_attachments(const State& state, RoomId room) {
  std::set<Seq> threads;
  for (const auto& upload : state.uploads) {
    const auto& row = upload.row;
    if (row.place.room == room && row.place.thread.is_set() && row.client_id.empty())
      threads.insert(row.place.thread);
  }
  return threads;
}

std::vector<std::string> take_attached(Turn& turn, const WritingPlace& place, const std::string& client_id) {
  std::vector<std::string> keys;
  for (auto& upload : turn.state.uploads) {
    if (upload.row.place != place || !upload.row.client_id.empty()) continue;
    upload.row.client_id = client_id;
    keys.push_back(upload.row.key);
  }
  return keys;
}

std::vector<std::string> rename_message(Turn& turn, const std::string& before, const std::string& now) {
  std::vector<std::string> keys;
  for (auto& upload : turn.state.uploads) {
    if (upload.row.client_id != before) continue;
    upload.row.client_id = now;
    keys.push_back(upload.row.key);
  }
  return keys;
}

void give_back_uploads(Turn& turn, const std::string& client_id) {
  for (auto& upload : turn.state.uploads) {
    if (upload.row.client_id != client_id) continue;
    upload.row.client_id.clear();
    save_upload(turn, upload);
  }
}

void settle_uploads(Turn& turn, const std::string& client_id) {
  std::erase_if(turn.state.uploads, [&](const Upload& upload) {
    if (upload.row.client_id != client_id) return false;
    turn.effect(DropCopy{upload.row.path});
    return true;
  });
}

void discard_uploads(Turn& turn, const std::string& client_id) {
  for (auto& upload : turn.state.uploads)
    if (upload.row.client_id == client_id) throw_away(turn, upload);
  std::erase_if(turn.state.uploads, [&](const Upload& upload) { return upload.row.client_id == client_id; });
}

void send_uploads_again(Turn& turn, const std::string& client_id) {
  for (auto& upload : turn.state.uploads) {
    if (upload.row.client_id != client_id) continue;
    upload.row.whole = false;
    upload.row.file.clear();
    upload.sent = 0;
    resume_upload(upload);
    save_upload(turn, upload);
  }
}

void continue_uploads(Turn& turn, const std::string& client_id) {
  for (auto& upload : turn.state.uploads) {
    if (upload.row.client_id != client_id || upload.state != UploadState::failed) continue;
    resume_upload(upload);
    save_upload(turn, upload);
  }
}

void start_uploads(Turn& turn) {
  State& state = turn.state;
  if (!state.online() || state.held_up()) return;
  Upload* first = nullptr;
  for (auto& upload : state.uploads) {
    if (upload.state == UploadState::sending) return;
    const bool may = upload.state == UploadState::waiting && upload.retry_at <= state.now;
    if (!first && may) first = &upload;
  }
  if (!first) return;
  first->state = UploadState::sending;
  first->attempt = state.ids.next_key();
  turn.effect(SendFile{first->row, first->attempt, file_server(state)});
  ++state.revisions.ui;
}

void halt_uploads(Turn& turn) {
  for (auto& upload : turn.state.uploads) {
    stop_upload(turn, upload);
    upload.retry_at = {};
    upload.tries = 0;
  }
}

void forget_uploads(Turn& turn) {
  for (auto& upload : turn.state.uploads) throw_away(turn, upload);
  turn.state.uploads.clear();
}

void fold(Turn& turn, const ChooseAttachments& action) {
  if (refuse_files(turn)) return;
  turn.effect(ChooseFiles{action.place});
}

void fold(Turn& turn, const AttachFiles& action) {
  const auto* room = turn.state.find_room(action.place.room);
  if (!room || action.paths.empty() || refuse_files(turn)) return;
  // Dropped on the window; where nothing can be written, nobody would see it.
  if (hindrance_of(turn.state, *room) != Hindrance::none)
    return show_toast(turn, tr("You can't post in this room, so nothing was attached."));
  turn.effect(LookAtFiles{action.place, action.paths});
}

void fold(Turn& turn, const AttachText& action) {
  if (refuse_files(turn)) return;
  turn.effect(KeepText{action.place, action.text});
}

void fold(Turn& turn, const AttachClipboardPicture& action) {
  if (refuse_files(turn)) return;
  turn.effect(KeepClipboardPicture{action.place});
}

void fold(Turn& turn, const PauseUpload& action) {
  const auto at = find_upload(turn.state, action.key);
  if (at == turn.state.uploads.end()) return;
  if (at->state != UploadState::waiting && at->state != UploadState::sending) return;
  stop_upload(turn, *at);
  at->state = UploadState::paused;
  at->row.paused = true;
  save_upload(turn, *at);
}

void fold(Turn& turn, const ContinueUpload& action) {
  const auto at = find_upload(turn.state, action.key);
  if (at == turn.state.uploads.end()) return;
  if (at->state != UploadState::paused && at->state != UploadState::failed) return;
  resume_upload(*at);
  save_upload(turn, *at);
}

void fold(Turn& turn, const RemoveUpload& action) {
  State& state = turn.state;
  const auto at = find_upload(state, action.key);
  if (at == state.uploads.end()) return;
  const auto entry = std::find_if(state.outbox.begin(), state.outbox.end(), [&](const OutboxEntry& one) {
    return !at->row.client_id.empty() && one.row.client_id == at->row.client_id;
  });
  // It may be part of the stored message already.
  if (entry != state.outbox.end() && entry->state == OutboxEntry::State::sending) return;
  throw_away(turn, *at);
  turn.effect(EraseUpload{action.key});
  state.uploads.erase(at);
  ++state.revisions.outbox;
  if (entry == state.outbox.end()) return;
  // The message goes without it; when nothing is left of it, it goes, too.
  entry->row.files = std::max<std::int64_t>(0, entry->row.files - 1);
  if (entry->row.files > 0 || !entry->row.text.empty()) {
    turn.effect(SaveOutbox{entry->row});
    return;
  }
  turn.effect(EraseOutbox{entry->row.client_id});
  state.outbox.erase(entry);
}

void fold(Turn& turn, const FilesSeen& event) {
  State& state = turn.state;
  if (!event.problem.empty()) show_toast(turn, event.problem);
  if (event.no_dialog) {
    state.path_dialog = {event.place, std::nullopt, "", state.path_dialog.serial + 1, ""};
    return fold(turn, ShowDialog{Dialog::path});
  }
  std::size_t attached = attached_to(state, event.place).size();
  bool too_many = false;
  for (const auto& file : event.files) {
    const bool full = attached == protocol::kMaxFiles;
    if (full || !state.find_room(event.place.room)) {
      too_many = too_many || full;
      turn.effect(DropCopy{file.path});
      continue;
    }
    ++attached;
    Upload upload;
    upload.row.key = state.ids.next_uuid(state.wall);
    upload.row.place = event.place;
    upload.row.path = file.path;
    upload.row.name = file.name;
    upload.row.size = file.size;
    upload.row.modified_ns = file.modified_ns;
    save_upload(turn, upload);
    state.uploads.push_back(std::move(upload));
  }
  if (is_editing(state, event.place) && !event.files.empty())
    show_toast(turn, tr("It's attached. You'll see it once you've finished editing."), false);
  if (too_many)
    show_toast(turn, tr("A message carries {0} files at most. Send these, and the others after them.",
                        std::to_string(protocol::kMaxFiles)));
}

void fold(Turn& turn, const UploadBegun& event) {
  auto* upload = find_attempt(turn.state, event.key, event.attempt);
  if (!upload) return;
  upload->row.file = event.file;
  upload->sent = 0;
  save_upload(turn, *upload);
}

void fold(Turn& turn, const UploadEnded& event) {
  State& state = turn.state;
  auto* upload = find_attempt(state, event.key, event.attempt);
  if (!upload) return;
  upload->attempt = 0;
  if (event.result) {
    upload->state = UploadState::whole;
    upload->row.whole = true;
    upload->sent = upload->row.size;
    upload->trouble.clear();
    return save_upload(turn, *upload);
  }
  const auto& error = event.result.error();
  if (!may_get_better(error)) return fail_upload(turn, *upload, error.message);
  upload->state = UploadState::waiting;
  upload->trouble = error.message;
  const auto pause =
      error.retry_after.count() > 0
          ? error.retry_after
          : std::min(kLongestUploadPause, kFirstUploadPause * (1 << std::min(upload->tries, 5)));
  ++upload->tries;
  upload->retry_at = state.now + pause;
}

}  // namespace wardroom::client
