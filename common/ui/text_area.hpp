#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/ui/text_edit.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::ui {

// What a text area keeps between two frames.
struct TextAreaState {
  TextEdit edit;
  float goal_x = -1;  // where Up and Down want to go, from the left edge of the text
  float scroll = 0;   // pixels
  bool focused = false;
};

struct TextAreaOptions {
  std::string_view placeholder{};  // screen text
  float least_lines = 1;
  float most_lines = 10;  // then it scrolls
  bool disabled = false;
  bool take_focus = false;
  // Keys that a list of completions wants for itself while it is open.
  bool leave_up_down = false;
  bool leave_enter_tab = false;
};

struct TextAreaResult {
  bool changed = false;
  bool submitted = false;      // Enter without Shift
  bool up_when_empty = false;  // the wish to edit what was sent last
  bool escape = false;
  float height = 0;                  // that it took, pixels
  float cursor_x = 0, cursor_y = 0;  // absolute, where a list of completions is to stand
};

// Text of several lines that wraps, and grows with what is typed. Paints no frame. ImGui's own doesn't wrap
// lines and drops emoji, hence this one. Takes the width that is given, at the cursor.
TextAreaResult text_area(FrameContext& f, const Id& id, TextAreaState& state, float width,
                         const TextAreaOptions& options);

}  // namespace wardroom::ui
