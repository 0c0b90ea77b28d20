#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/side_bar.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SideBarViewState {
  RoomId shown;  // the open room, once it was brought into sight
};

// Oneself, the way to jump, rooms and people, the connection.
void draw_side_bar(const SideBarProps& props, SideBarViewState& state, ui::FrameContext& f, Actions& actions,
                   const ui::Rect& area);

}  // namespace wardroom::client::views
