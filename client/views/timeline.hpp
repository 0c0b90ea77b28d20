#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "client/views/message_menu.hpp"
#include "client/views/message_row.hpp"
#include "client/views/text_selection.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// Where the reader is, and what was laid out. The place is kept by the row at the upper edge, not by a
// distance, so that it stays when older rows come in above or a row above changes its height.
struct TimelineViewState {
  RoomId room;
  bool at_newest = true;         // follows what comes in
  bool placed = false;           // opened where the person stopped reading, or at the end
  bool takes_keys = true;        // of two timelines the one that the person is in
  bool keys_free = false;        // Home and End move no cursor: nothing is being written
  Seq seen;                      // the newest message that was told as seen
  std::uint64_t anchor_key = 0;  // the row at the upper edge
  float anchor_offset = 0;       // how much of it is above the edge, pixels
  std::unordered_map<std::uint64_t, RowLayout> layouts;  // by the row's key
  std::size_t layout_bytes = 0;                          // that they take, about
  std::vector<float> tops;           // of each row, from the first row's top; one more for the end
  float scroll = 0;                  // pixels from the first row's top
  float dragging_from = -1;          // while the scroll bar is held: where in it
  std::uint64_t asked_older_at = 0;  // the revision for which older rows were asked for
  std::uint64_t seen_revision = 0;
  std::uint64_t chosen_key = 0;  // the row that Ctrl+Up and Ctrl+Down have reached; 0: none
  std::uint64_t tools_key = 0;   // the row whose buttons are shown; 0: none
  ui::Rect tools;                // where they were drawn
  std::uint64_t seen_jump = 0;   // the last wish to bring a message into sight that was fulfilled
  std::uint64_t flash_key = 0;   // the row that was jumped to
  TimePoint flash_until;
  MessageMenuState menu;
  TextSelection selection;
  float scale = 0;  // layouts are made for one scale
};

// The messages of a room in the rectangle. Only rows in sight are laid out and drawn.
void draw_timeline(const TimelineProps& props, TimelineViewState& state, ui::FrameContext& f,
                   Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
