#pragma once

#include "client/views/message_row.hpp"

namespace wardroom::client::views {

// How much the lines of reactions below a message take, wrapped at `width`. Pixels, as all here.
float reactions_height(ui::FrameContext& f, const TimelineRow& row, float width);

// Draws them from x, y on, up to `right`; a press gives or takes back one's own. Returns how high they are.
float draw_reactions(ui::FrameContext& f, const TimelineRow& row, const RowPlace& place, float right, float x,
                     float y, Actions& actions);

}  // namespace wardroom::client::views
