#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/files.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct ViewerViewState {
  std::string file;  // what zoom and place are of
  float zoom = 1;    // on top of what makes it fit
  float x = 0;       // how far it was moved, pixels
  float y = 0;
};

// A picture over the whole window: the wheel or + and - zoom, dragging moves, the arrows go on, Escape
// closes.
void draw_viewer(const ViewerProps& props, const Transfers& transfers, const PictureStates& pictures,
                 ViewerViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
