#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/moderation.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The report that is open: the evidence as it was at the moment of the report, and what can be done about it.
void draw_report(const ModerationProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& box);

}  // namespace wardroom::admin::views
