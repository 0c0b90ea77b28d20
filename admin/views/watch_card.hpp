#pragma once

#include "admin/model/actions.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// What this console knows of the log, in one line of the Audit page.
void draw_watch_card(const WatchCardProps& props, ui::FrameContext& f, Actions& actions,
                     const ui::Rect& area);

}  // namespace wardroom::admin::views
