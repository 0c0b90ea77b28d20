#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/people.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// How high the bar is, as a design length.
// How high the bar is, in pixels, where its buttons have so much room.
float bulk_bar_height(ui::FrameContext& f, float width);
// What can be done with all people who are selected together.
void draw_bulk_bar(const PeopleProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& box);
// What comes of it, for each.
void draw_bulk_dialog(const BulkProps& props, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
