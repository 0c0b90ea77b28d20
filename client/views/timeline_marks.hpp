#pragma once

#include <cstdint>
#include <string_view>

#include "common/ui/frame_context.hpp"

// What floats over the messages. Each returns whether it was pressed.
namespace wardroom::client::views {

// At the lower edge: "95 new · Jump to the end".
bool draw_end_button(ui::FrameContext& f, const ui::Rect& area, std::int64_t unread);
// At the upper edge: the day of the messages there.
bool draw_day_mark(ui::FrameContext& f, const ui::Rect& area, std::string_view day);

}  // namespace wardroom::client::views
