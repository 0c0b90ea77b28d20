#pragma once

#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

// "ROOMS": small capitals over a list, with room above. `right` is left free at that end. Returns where they
// end.
float section_header(FrameContext& f, std::string_view title, float right = 0);

struct RowOptions {
  bool selected = false;
  bool hovered_when_current =
      false;          // drawn as if the mouse were there: the row that the arrows have reached
  float height = 30;  // design length
  std::string_view state{};
};

// The surface of one row of a list over the full width; the caller draws its contents into `rect`.
struct Row {
  Rect rect;
  Interaction it;
};
Row list_row(FrameContext& f, const Id& id, std::string_view label, const RowOptions& options = {});

// A raised surface with a hairline around it.
void card(FrameContext& f, const Rect& rect);

// A thin bar; `part` from 0 to 1.
void progress_bar(FrameContext& f, const Rect& rect, float part);

// Plain words as a line of their own, wrapped.
void paragraph(FrameContext& f, std::string_view wire, FontRole role, Colour colour, float width = 0);

// What stands where a list has nothing to show.
void empty_state(FrameContext& f, const Rect& area, std::string_view title, std::string_view words);

}  // namespace wardroom::ui
