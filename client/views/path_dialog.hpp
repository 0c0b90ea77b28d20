#pragma once

#include <cstdint>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct PathViewState {
  std::uint64_t serial = 0;
  std::string path;
  bool goes_on = false;  // it was filled in, and is typed on
};

// Where the desktop has no dialog for files.
void draw_path_dialog(const PathProps& props, PathViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
