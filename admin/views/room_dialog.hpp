#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/rooms.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct RoomsViewState {
  RoomForm form;
};

// A new room, or the selected one's name and topic.
void draw_room_dialog(const RoomsProps& props, RoomsViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
