#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/members.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// The room's pinned messages. Choosing one goes to its place in the history.
void draw_pins(const PinsProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
