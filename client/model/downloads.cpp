#include "client/model/downloads.hpp"

#include <algorithm>

#include "client/model/file_kinds.hpp"
#include "client/model/settings.hpp"
#include "client/model/thread.hpp"
#include "client/model/uploads.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr const char* kFileIsGone = "This file isn't there any more. Its message may have been deleted.";

const protocol::File* file_in(const protocol::Message& message, const std::string& id) {
  if (!message.files) return nullptr;
  for (const auto& file : *message.files)
    if (file.id == id) return &file;
  return nullptr;
}

// Once at a time: a file that is on its way already only learns what to do then.
void fetch(Turn& turn, const protocol::File& file, std::string path, bool replaces, bool opens) {
  State& state = turn.state;
  if (!state.online()) return show_toast(turn, offline_text());
  auto& download = state.downloads[file.id];
  if (download.attempt != 0 && download.state == Download::State::fetching) {
    if (path.empty()) {
      download.opens = opens;
      return;
    }
    turn.effect(StopTransfer{download.attempt});
  }
  download = {};
  download.size = file.size;
  download.opens = opens;
  download.attempt = state.ids.next_key();
  turn.effect(FetchFile{file, std::move(path), replaces, download.attempt, file_server(state)});
}

}  // namespace

const protocol::File* find_file(const State& state, RoomId id, Seq seq, const std::string& file) {
  if (!state.find_room(id)) return nullptr;
  if (const auto* message = find_message(state, id, seq))
    if (const auto* found = file_in(*message, file)) return found;
  if (state.files.room != id) return nullptr;
  for (const auto& row : state.files.files)
    if (row.file.id == file) return &row.file;
  return nullptr;
}

void forget_downloads(Turn& turn) {
  for (const auto& [id, download] : turn.state.downloads)
    if (download.attempt != 0) turn.effect(StopTransfer{download.attempt});
  turn.state.downloads.clear();
}

void fold(Turn& turn, const OpenFile& action) {
  State& state = turn.state;
  const auto* file = find_file(state, action.room, action.seq, action.file);
  if (!file) return show_toast(turn, tr(kFileIsGone));
  if (const auto why = why_only_saved(*file); !why.empty()) return show_toast(turn, why);
  const auto known = state.downloads.find(action.file);
  if (known != state.downloads.end() && known->second.state == Download::State::there)
    return turn.effect(OpenPath{known->second.path});
  fetch(turn, *file, {}, false, true);
}

void fold(Turn& turn, const SaveFileAs& action) {
  const auto* file = find_file(turn.state, action.room, action.seq, action.file);
  if (!file) return show_toast(turn, tr(kFileIsGone));
  turn.effect(ChooseTarget{*file});
}

void fold(Turn& turn, const ShowFileInFolder& action) {
  const auto known = turn.state.downloads.find(action.file);
  if (known == turn.state.downloads.end() || known->second.state != Download::State::there) return;
  turn.effect(OpenPath{known->second.path, true});
}

void fold(Turn& turn, const StopFetching& action) {
  const auto known = turn.state.downloads.find(action.file);
  if (known == turn.state.downloads.end()) return;
  if (known->second.attempt != 0) turn.effect(StopTransfer{known->second.attempt});
  turn.state.downloads.erase(known);
}

void fold(Turn& turn, const GivePath& action) {
  auto& asked = turn.state.path_dialog;
  if (action.path.empty()) {
    asked.error = tr("Type a file's path first.");
    return;
  }
  if (asked.file)
    fetch(turn, *asked.file, action.path, false, false);
  else
    turn.effect(LookAtFiles{asked.place, {action.path}});
  fold(turn, ShowDialog{Dialog::none});
}

void fold(Turn& turn, const TargetChosen& event) {
  State& state = turn.state;
  if (event.no_dialog) {
    state.path_dialog = {RoomId{}, event.file, event.path, state.path_dialog.serial + 1, ""};
    return fold(turn, ShowDialog{Dialog::path});
  }
  if (!event.path.empty()) fetch(turn, event.file, event.path, true, false);
}

void fold(Turn& turn, const TransferMoved& event) {
  State& state = turn.state;
  if (event.attempt == 0) return;
  for (auto& upload : state.uploads)
    if (upload.attempt == event.attempt)
      upload.sent = std::clamp<std::int64_t>(event.bytes, 0, upload.row.size);
  for (auto& [id, download] : state.downloads)
    if (download.attempt == event.attempt)
      download.came = std::clamp<std::int64_t>(event.bytes, 0, download.size);
}

void fold(Turn& turn, const FetchEnded& event) {
  State& state = turn.state;
  const auto known = state.downloads.find(event.file);
  if (known == state.downloads.end() || known->second.attempt != event.attempt) return;
  auto& download = known->second;
  download.attempt = 0;
  if (!event.path) {
    download.state = Download::State::failed;
    download.trouble = event.path.error().message;
    return;
  }
  download.state = Download::State::there;
  download.came = download.size;
  download.path = *event.path;
  if (download.opens)
    turn.effect(OpenPath{download.path});
  else
    show_toast(turn, tr("Saved as {0}.", download.path), false);
}

}  // namespace wardroom::client
