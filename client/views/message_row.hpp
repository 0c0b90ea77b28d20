#pragma once

#include <cstddef>
#include <string>
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

// Of a message: its text as it is seen (ui::seen_text), and where that stands from the row's upper left
// corner.
std::string seen_row_text(ui::FrameContext& f, const TimelineRow& row, std::string_view self_name);
float text_left(ui::FrameContext& f);
float text_top(ui::FrameContext& f, const TimelineRow& row);

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
  const Transfers* transfers = nullptr;  // these two: of a row with files
  const PictureStates* pictures = nullptr;
  const LinkCards* link_cards = nullptr;
  bool clicked = false;  // a press that began in the text has come up where it went down
  std::size_t selected_begin = 0, selected_end = 0;  // of the seen text, bytes
};

// Where the row's small buttons are while it is hovered or chosen; a part of it covers the row above.
ui::Rect tools_of(ui::FrameContext& f, const TimelineRow& row, const RowPlace& place);

// What the timeline is to open for the row.
enum class RowWish { none, menu, picker };

RowWish draw_row(ui::FrameContext& f, const TimelineRow& row, const RowLayout& layout, const RowPlace& place,
                 Actions& actions);

}  // namespace wardroom::client::views
