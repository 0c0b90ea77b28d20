#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// Where the person is signed in, and the way to end it.
void draw_devices(const SettingsProps& props, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
