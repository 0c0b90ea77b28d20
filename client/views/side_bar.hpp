#pragma once

#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/props/timeline.hpp"
#include "client/views/side_drag.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SideBarViewState {
  RoomId shown;  // the open room, once it was brought into sight
  // As they are shown while the mouse is over them; empty: as the props have them.
  std::vector<SideBarSection> held;
  bool direct_below = false;   // the direct messages begin below what is in sight
  bool direct_wanted = false;  // they are to be brought there
  RoomId menu_room;            // whose menu was asked for …
  ui::Rect menu_at;            // … beside the mouse
  bool menu_wanted = false;    // it opens as soon as the props have it
  RoomDrag drag;
};

// Oneself, the way to jump, rooms and people, the connection. `menu` is of the room whose menu was asked for.
void draw_side_bar(const SideBarProps& props, const RoomHeaderProps& menu, SideBarViewState& state,
                   ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
