#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/backups.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The server's backups, what goes on with them, and what can be done with the chosen one.
void draw_backups(const BackupsProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
