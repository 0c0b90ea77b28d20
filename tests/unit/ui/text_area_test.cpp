#include "common/ui/text_area.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "common/ui/field.hpp"
#include "common/ui/headless_ui.hpp"

using namespace wardroom::ui;

namespace {

// A window with one text area in it.
struct Written {
  TextAreaState state;
  TextAreaResult last;
  float width = 300;
  HeadlessUi ui{[this](FrameContext& f) { last = text_area(f, "text", state, width, {.take_focus = true}); }};

  std::size_t cursor() const { return state.edit.cursor(); }
  // Presses the arrow until the cursor moves no more, and says where it stood.
  std::vector<float> walk(Key arrow) {
    std::vector<float> seen{last.cursor_x};
    for (int i = 0; i < 40; ++i) {
      ui.key(arrow);
      if (last.cursor_x == seen.back()) break;
      seen.push_back(last.cursor_x);
    }
    return seen;
  }
};

}  // namespace

TEST_CASE("every script can be typed, and stands in the text as it was typed") {
  Written written;
  const std::string text = "ab שלום مرحبا हिन्दी ไทย 漢字 \U0001F469\u200D\U0001F692 \U0001D54F";
  written.ui.type(text);
  CHECK(written.state.edit.text() == text);
}

TEST_CASE("Left goes to the left and Right to the right, whatever stands there") {
  Written written;
  written.ui.type("ab שלום 12 cd");
  written.ui.key(Key::home);
  const auto right = written.walk(Key::right);
  CHECK(right.size() == 14);
  CHECK(std::is_sorted(right.begin(), right.end()));
  const auto left = written.walk(Key::left);
  CHECK(left.size() == 14);
  CHECK(std::is_sorted(left.rbegin(), left.rend()));
}

TEST_CASE("what is written from the right begins at the right edge and grows to the left") {
  Written written;
  written.ui.type("ש");
  const float first = written.last.cursor_x;
  written.ui.type("ל");
  CHECK(written.last.cursor_x < first);
  CHECK(first > written.width / 2);
  written.ui.key(Key::home);
  CHECK(written.cursor() == 0);
  CHECK(written.last.cursor_x >= written.width - 2);
  written.ui.key(Key::end);
  CHECK(written.cursor() == 4);
}

TEST_CASE("Shift and an arrow select what they pass, and a click puts the cursor where it is seen") {
  Written written;
  written.ui.type("ab שלום");
  written.ui.key(Key::home);
  for (int i = 0; i < 3; ++i) written.ui.key(Key::right, {.shift = true});
  CHECK(written.state.edit.selected() == "ab ");
  written.ui.click_at(written.last.cursor_x + 2, written.last.cursor_y + 10);
  // Just behind the space stands the end of the word.
  CHECK(written.cursor() == written.state.edit.text().size());
  CHECK_FALSE(written.state.edit.has_selection());
  written.ui.key(Key::backspace);
  CHECK(written.state.edit.text() == "ab שלו");
}

TEST_CASE("Up and Down keep to their column, and End stays on the line that wraps") {
  Written written;
  written.width = 100;
  written.ui.type("one two three four five six seven");
  written.ui.key(Key::home, {.ctrl = true});
  const float top = written.last.cursor_y;
  written.ui.key(Key::end);
  CHECK(written.last.cursor_y == top);
  CHECK(written.last.cursor_x > 40);
  written.ui.key(Key::down);
  CHECK(written.last.cursor_y > top);
  written.ui.key(Key::up);
  CHECK(written.last.cursor_y == top);
}

TEST_CASE("a field takes every script, keeps its cursor, and selects what Tab comes to") {
  std::string first = "שלום", second;
  HeadlessUi ui{[&](FrameContext& f) {
    text_field(f, "first", first, {.label = "First"});
    text_field(f, "second", second, {.label = "Second"});
  }};
  REQUIRE(ui.click("second"));
  ui.type("\U0001F600e\u0301");
  CHECK(second == "\U0001F600e\u0301");
  ui.key(Key::left);
  ui.type("x");
  CHECK(second == "\U0001F600xe\u0301");
  ui.key(Key::z, {.ctrl = true});
  CHECK(second == "\U0001F600e\u0301");
  REQUIRE(ui.click("first"));
  ui.key(Key::home);
  ui.type("א");
  CHECK(first == "אשלום");
  ui.key(Key::tab);
  ui.type("y");
  CHECK(second == "y");
}

TEST_CASE("a password can be edited, and neither copied nor cut") {
  std::string value;
  HeadlessUi ui{
      [&](FrameContext& f) { text_field(f, "password", value, {.label = "Password", .password = true}); }};
  REQUIRE(ui.click("password"));
  ui.type("gehéim");
  ui.key(Key::left);
  ui.key(Key::left);
  ui.key(Key::backspace);
  CHECK(value == "gehim");
  ui.set_clipboard("before");
  ui.key(Key::a, {.ctrl = true});
  ui.key(Key::c, {.ctrl = true});
  ui.key(Key::x, {.ctrl = true});
  CHECK(value == "gehim");
  CHECK(ui.clipboard() == "before");
  CHECK(ui.primary().empty());
}
