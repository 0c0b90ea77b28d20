#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// What can be done to a room, as a popup of that name: under its header, and beside its row in the side bar.
void draw_room_menu(const RoomHeaderProps& props, const std::string& name, ui::FrameContext& f,
                    Actions& actions, const ui::Rect& anchor);

}  // namespace wardroom::client::views
