#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "client/views/message_row.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// What stands under the message with which a thread began: how many replied, who, when, and the last replies.
// A press opens the thread.
float thread_summary_height(ui::FrameContext& f, const TimelineRow& row);
// From the upper left corner of `area` on, at most as wide; returns the height.
float draw_thread_summary(ui::FrameContext& f, const TimelineRow& row, const RowPlace& place,
                          const ui::Rect& area, Actions& actions);

}  // namespace wardroom::client::views
