#pragma once

#include "admin/model/props/overview.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// How the server is: what is wrong first, each with what to do, then what it does.
void draw_overview(const OverviewProps& props, ui::FrameContext& f, const ui::Rect& area);

}  // namespace wardroom::admin::views
