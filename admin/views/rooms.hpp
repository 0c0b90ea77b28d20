#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/rooms.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The rooms that the person may see, who is in the one selected, and how it is run.
void draw_rooms(const RoomsProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
