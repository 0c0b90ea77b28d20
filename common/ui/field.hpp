#pragma once

#include <string>
#include <string_view>

#include "common/ui/icon.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::ui {

struct FieldOptions {
  std::string_view label{};        // above the field
  std::string_view placeholder{};  // in it, while it is empty
  std::string_view help{};         // a quiet line below
  std::string_view error{};        // replaces `help`, and the frame turns red
  bool password = false;           // shows bullets; what is typed is never recorded
  bool search = false;             // a magnifying glass in front, a cross behind
  bool mono = false;
  bool disabled = false;
  bool take_focus = false;     // moves the keyboard here in this frame
  bool cursor_at_end = false;  // when the keyboard comes to it; else its text is selected
  float width = 0;             // pixels; 0: what is left of the line
};

struct FieldResult {
  bool changed = false;
  bool submitted = false;  // Enter; the keyboard stays here
  bool focused = false;
};

// One line of text. The keyboard stays with it after Enter, also while an answer is awaited, until the person
// goes elsewhere: whoever is refused types on.
FieldResult text_field(FrameContext& f, const Id& id, std::string& value, const FieldOptions& options = {});

}  // namespace wardroom::ui
