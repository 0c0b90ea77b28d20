#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/moderation.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The queue of reports beside the one that is open, and the mutes and bans that hold.
void draw_moderation(const ModerationProps& props, ui::FrameContext& f, Actions& actions,
                     const ui::Rect& area);

}  // namespace wardroom::admin::views
