#pragma once

#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/side_bar.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SideBarViewState {
  RoomId shown;  // the open room, once it was brought into sight
  // As they are shown while the mouse is over them; empty: as the props have them.
  std::vector<SideBarSection> held;
  bool direct_below = false;   // the direct messages begin below what is in sight
  bool direct_wanted = false;  // they are to be brought there
};

// Oneself, the way to jump, rooms and people, the connection.
void draw_side_bar(const SideBarProps& props, SideBarViewState& state, ui::FrameContext& f, Actions& actions,
                   const ui::Rect& area);

}  // namespace wardroom::client::views
