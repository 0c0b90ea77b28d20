#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"

namespace wardroom::ui {

// Names one widget: a word from the program's list of ids, and a number where there are many of a kind.
struct Id {
  constexpr Id(std::string_view the_name) : name(the_name) {}
  constexpr Id(const char* the_name) : name(the_name) {}
  constexpr Id(std::string_view the_name, std::int64_t the_number) : name(the_name), number(the_number) {}
  std::string text() const;  // "side.room:12"

  std::string_view name;
  std::int64_t number = -1;
};

// While it lives, ids are told apart from those of the same views elsewhere in the window:
// "thread.composer.text". `prefix` outlives it.
class IdScope {
 public:
  IdScope(FrameContext& f, std::string_view prefix);
  ~IdScope();
  IdScope(const IdScope&) = delete;
  IdScope& operator=(const IdScope&) = delete;

 private:
  FrameContext& f_;
  const std::string_view before_;
};

struct ItemOptions {
  bool disabled = false;
  bool selected = false;
  bool takes_keyboard = true;  // false: out of the way of Tab and the arrows
  std::string_view state{};    // for the recorder
};

struct Interaction {
  bool visible = false;  // false: clipped away, nothing needs to be drawn
  bool hovered = false;
  bool held = false;
  bool pressed = false;  // mouse, Space or Enter
  bool right_pressed = false;
  bool focused = false;  // by the keyboard; draw a ring
};

// Takes room for a widget at the cursor. Width 0 or less: what is left of the line, less that much.
Rect place(float width, float height);
float room_left();

// Makes a rectangle a thing that mouse and keyboard can press, and notes it for tests. Draws nothing.
Interaction interact(FrameContext& f, const Id& id, const Rect& rect, ItemKind kind, std::string_view label,
                     const ItemOptions& options = {});

// Notes a text or decoration for tests. The label is as a person reads it.
void note(FrameContext& f, ItemKind kind, const Rect& rect, std::string_view label, std::string_view id = {},
          std::string_view state = {});

// Whether part of the rectangle is clipped away, and isn't reached by scrolling the pane either.
bool is_cut(const Rect& rect);

// Moves the keyboard to this widget when it is drawn next.
void focus_next_widget();

void vertical_gap(FrameContext& f, float length);

// Shows a small note beside the mouse while the last widget is hovered.
void tooltip(FrameContext& f, const Interaction& it, std::string_view screen);

}  // namespace wardroom::ui
