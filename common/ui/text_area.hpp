#pragma once

#include <functional>
#include <optional>
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
  float scroll = 0;   // pixels: down, and to the right where there is one line
  bool focused = false;
};

// Bytes of a text, from `begin` to before `end`.
struct TextPart {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const TextPart&, const TextPart&) = default;
};

struct TextAreaOptions {
  std::string_view placeholder{};
  float least_lines = 1;
  float most_lines = 10;  // then it scrolls
  bool disabled = false;
  bool take_focus = false;
  // Keys that a list of completions wants for itself while it is open.
  bool leave_up_down = false;
  bool leave_enter_tab = false;
  // A pasted text of more bytes isn't taken but told; 0: any is.
  std::size_t most_pasted = 0;

  // A field: Up, Down and Escape are for others, and one that the keyboard comes to is selected.
  bool single_line = false;
  bool cursor_at_end = false;  // of a field, instead
  bool password = false;       // a field that shows bullets, and gives nothing away
  FontRole role = FontRole::text;
  Colour ink = 0;  // 0: of text that is written
  Rect hit{};      // what the mouse takes for the field, absolute; empty: no more than the text
  bool recorded = true;
  // What is misspelled of the part that is in sight, in order: a red wave is drawn under it. Asked for once
  // the keys are taken.
  std::function<std::vector<TextPart>(const TextEdit& edit, TextPart sight)> misspelled{};
};

struct TextAreaResult {
  bool changed = false;
  bool typed = false;          // characters, and not by pasting or undoing
  bool submitted = false;      // Enter without Shift
  bool up_when_empty = false;  // the wish to edit what was sent last
  bool escape = false;
  // The wish for a menu about this place of the text, by the right button, the menu key or Shift+F10; and the
  // line there, absolute.
  std::optional<std::size_t> menu_at;
  Rect menu_line{};
  std::string too_long;              // that was pasted, and not taken
  bool pasted_nothing = false;       // no text is in the clipboard; perhaps something else
  float height = 0;                  // that it took, pixels
  float cursor_x = 0, cursor_y = 0;  // absolute, where a list of completions is to stand
};

// What the keyboard writes into a window, and the field that it goes to: a field keeps its cursor only while
// it has the keyboard.
struct TextInput {
  std::string typed;   // in this frame; whoever takes it empties it
  unsigned field = 0;  // ImGui's number of it; 0: none
  TextAreaState edited;
};

// Text of several lines that wraps, and grows with what is typed. Paints no frame. ImGui's own wraps no lines
// and knows one direction and characters of 16 bits, hence this one. Takes the width that is given, at the
// cursor.
TextAreaResult text_area(FrameContext& f, const Id& id, TextAreaState& state, float width,
                         const TextAreaOptions& options);
// How high it will be with this text.
float text_area_height(FrameContext& f, std::string_view text, float width, const TextAreaOptions& options);

// ImGui's number of a text area in the current window.
unsigned text_area_number(const Id& id);

}  // namespace wardroom::ui
