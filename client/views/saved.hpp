#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// The messages that the person saved, of all rooms.
void draw_saved(const SavedProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
