#pragma once

#include <string_view>

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/rich_text.hpp"

namespace wardroom::client::views {

// A row of the timeline, wrapped at a width; kept until the row or the width changes.
struct RowLayout {
  std::uint32_t version = 0;
  float width = 0;
  float height = 0;
  ui::RichLayout body;
};

RowLayout lay_out_row(ui::FrameContext& f, const TimelineRow& row, std::string_view self_name, float width);

// A guess that costs nothing, for rows that were never on the screen.
float guess_row_height(ui::FrameContext& f, const TimelineRow& row, float width);

struct RowPlace {
  RoomId room;
  std::int64_t index = 0;  // numbers the row's ids
  ui::Rect rect;
  bool hovered = false;
  bool over_tools = false;  // the mouse is over the row's buttons, and not over what they cover
  bool chosen = false;      // by the keyboard
  MessageRights rights{};
};

// Where the row's small buttons are while it is hovered or chosen; a part of it covers the row above.
ui::Rect tools_of(ui::FrameContext& f, const TimelineRow& row, const RowPlace& place);

// What the timeline is to open for the row.
enum class RowWish { none, menu, picker };

RowWish draw_row(ui::FrameContext& f, const TimelineRow& row, const RowLayout& layout, const RowPlace& place,
                 Actions& actions);

}  // namespace wardroom::client::views
