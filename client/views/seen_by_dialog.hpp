#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// Who has read a message.
void draw_seen_by(const SeenByProps& props, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
