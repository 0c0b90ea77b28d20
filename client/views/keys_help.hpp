#pragma once

#include "client/model/actions.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// F1: every key of the client.
void draw_keys_help(ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
