#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/files.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct FilesViewState {
  RoomId room;
  std::string query;
};

// All files of the room, newest first; narrowed by kind, and by a part of a file's or a person's name.
void draw_files(const FilesProps& props, const Transfers& transfers, const PictureStates& pictures,
                FilesViewState& state, ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
