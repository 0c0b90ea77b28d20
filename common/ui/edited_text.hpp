#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/typeset/text_layout.hpp"
#include "common/ui/text_area.hpp"

namespace wardroom::ui {

// What one frame of a text area works on: its text, where that stands, and which place of the one is which of
// the other.
class EditedText {
 public:
  EditedText(FrameContext& the_frame, TextAreaState& the_state, const TextAreaOptions& the_options,
             TextAreaResult& the_result)
      : f(the_frame), state(the_state), options(the_options), result(the_result) {}

  void lay_out(float width);
  const typeset::TextLayout& layout() const { return *layout_; }
  const std::string& text() const { return state.edit.text(); }
  float step() const { return step_; }  // from one line to the next, at least

  // Of the cursor and the selection, as in the layout: a password's text is bullets there.
  typeset::Caret caret() const;
  std::size_t shown(std::size_t position) const;
  std::size_t edited(std::size_t shown_position) const;
  void move_to(typeset::Caret caret, bool select);

  // Between the layout's left upper corner and the screen's.
  float left() const;
  float top() const { return rect.y0 - (options.single_line ? 0 : state.scroll); }
  typeset::Caret caret_under(float x, float y) const;
  void keep_cursor_visible();

  FrameContext& f;
  TextAreaState& state;
  const TextAreaOptions& options;
  TextAreaResult& result;
  Rect rect{};

 private:
  const typeset::TextLayout* layout_ = nullptr;
  float step_ = 0;
};

// In the order in which they take effect: arrows, characters, edits.
void take_keys(EditedText& area);
// Of middle click and Ctrl+V.
void paste_into(EditedText& area, std::string text);

}  // namespace wardroom::ui
