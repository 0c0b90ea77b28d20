#pragma once

#include <cstddef>
#include <span>

#include "client/model/props/timeline.hpp"
#include "client/views/message_row.hpp"
#include "client/views/text_selection.hpp"

namespace wardroom::client::views {

// A row that this frame drew.
struct DrawnRow {
  const TimelineRow* row = nullptr;
  const RowLayout* layout = nullptr;
  ui::Rect rect;
};

// The button that went down in the text has come up where it went down: a click, not the end of a selection.
bool is_click(const ui::FrameContext& f, const TextSelection& selection);

// The mouse begins a selection where nothing else takes the press, and extends it. After everything in the
// area was drawn, so that buttons had their turn. Returns how far the messages are to be scrolled because the
// mouse is held at an edge, pixels.
float select_by_mouse(const TimelineProps& props, TextSelection& selection, ui::FrameContext& f,
                      const ui::Rect& area, std::span<const DrawnRow> drawn);

// Ctrl+C copies, Ctrl+A selects all messages that are loaded, Escape ends the selection. `keys_free`: what is
// being written is empty, and has no use for them.
void select_by_keys(const TimelineProps& props, TextSelection& selection, ui::FrameContext& f,
                    bool keys_free);

}  // namespace wardroom::client::views
