#pragma once

#include "admin/model/props/console.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// What the page is for, how to work with it, and the keys. F1 opens it and closes it again; `open` is whether
// it is shown.
void draw_help(Page page, bool& open, ui::FrameContext& f);

}  // namespace wardroom::admin::views
