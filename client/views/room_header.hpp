#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// The name and topic of the open room, and what can be done with it.
void draw_room_header(const RoomHeaderProps& props, ui::FrameContext& f, Actions& actions,
                      const ui::Rect& area);

}  // namespace wardroom::client::views
