#include "client/model/pictures.hpp"

#include <algorithm>
#include <utility>

#include "client/model/downloads.hpp"
#include "client/model/file_kinds.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/room_name.hpp"
#include "client/model/uploads.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

struct PlaceOfPicture {
  Seq seq;
  const protocol::File* file;
  UserId author;
  TimePoint at;
};

// All that the loaded part of the room shows, oldest first; of one that was opened from the panel: the
// panel's.
std::vector<PlaceOfPicture> pictures_around(const State& state) {
  std::vector<PlaceOfPicture> found;
  const auto* room = state.find_room(state.viewer.room);
  if (!room) return found;
  bool holds_current = false;
  for (const auto& [seq, entry] : room->timeline.entries()) {
    const auto* message = entry.message();
    if (!message || !message->files) continue;
    for (const auto& file : *message->files) {
      if (!is_shown_inline(file)) continue;
      found.push_back({seq, &file, message->author, message->at});
      holds_current = holds_current || file.id == state.viewer.file;
    }
  }
  if (holds_current || state.files.room != state.viewer.room) return found;
  found.clear();
  for (auto row = state.files.files.rbegin(); row != state.files.files.rend(); ++row)
    if (is_shown_inline(row->file)) found.push_back({row->seq, &row->file, row->author, row->at});
  return found;
}

std::size_t index_of_current(const State& state, const std::vector<PlaceOfPicture>& pictures) {
  const auto at = std::find_if(pictures.begin(), pictures.end(),
                               [&](const PlaceOfPicture& one) { return one.file->id == state.viewer.file; });
  return static_cast<std::size_t>(at - pictures.begin());
}

}  // namespace

void retry_pictures(Turn& turn) {
  std::erase_if(turn.state.pictures, [](const auto& one) { return !one.second.loading; });
}

void fold(Turn& turn, const WantPicture& action) {
  State& state = turn.state;
  const std::string key = picture_key(action.file, action.large);
  if (state.pictures.contains(key)) return;
  auto& picture = state.pictures[key];
  const auto* file = find_file(state, action.room, action.seq, action.file);
  // Said, so that it isn't asked for in every frame.
  if (!file || !is_shown_inline(*file)) {
    picture.trouble = tr("This picture can't be shown here. Save it to look at it.");
    return;
  }
  if (!state.online()) {
    picture.trouble = tr("You're offline. The picture is shown when the connection is back.");
    return;
  }
  picture.loading = true;
  turn.effect(LoadPicture{*file, action.large, file_server(state)});
}

void fold(Turn& turn, const ViewPicture& action) {
  turn.state.viewer = {action.room, action.seq, action.file};
}

void fold(Turn& turn, const StepPicture& action) {
  auto& viewer = turn.state.viewer;
  const auto pictures = pictures_around(turn.state);
  const auto wanted =
      static_cast<std::ptrdiff_t>(index_of_current(turn.state, pictures)) + std::clamp(action.by, -1, 1);
  if (wanted < 0 || wanted >= std::ssize(pictures)) return;
  const auto& one = pictures[static_cast<std::size_t>(wanted)];
  viewer.seq = one.seq;
  viewer.file = one.file->id;
}

void fold(Turn& turn, const CloseViewer&) {
  turn.state.viewer = {};
}

// What is loaded is the window's, which may let go of it at any time: nothing of it is noted here.
void fold(Turn& turn, const PictureLoaded& event) {
  const auto known = turn.state.pictures.find(event.key);
  if (known == turn.state.pictures.end()) return;
  if (event.result || event.result.error().reason == kPictureWasPassed) {
    turn.state.pictures.erase(known);
    return;
  }
  known->second.loading = false;
  known->second.trouble = event.result.error().message;
}

ViewerProps select_viewer(const State& state) {
  ViewerProps props;
  if (state.viewer.file.empty()) return props;
  const auto pictures = pictures_around(state);
  const auto at = index_of_current(state, pictures);
  // Its message was deleted, or the room is gone.
  if (at == pictures.size()) return props;
  const auto& one = pictures[at];
  props.shown = true;
  props.room = state.viewer.room;
  props.seq = one.seq;
  props.card = card_of(*one.file);
  props.caption =
      name_in_sentence(state, one.author) + ", " + desk::past_text(state.zone, one.at, state.wall);
  props.has_earlier = at > 0;
  props.has_later = at + 1 < pictures.size();
  return props;
}

}  // namespace wardroom::client
