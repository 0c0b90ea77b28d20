#include <array>

#include <catch2/catch.hpp>

#include "common/ui/button.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/field.hpp"
#include "common/ui/headless_ui.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

using namespace wardroom::ui;

TEST_CASE("a button is pressed by the mouse, by Space and by Enter, each once") {
  int pressed = 0;
  HeadlessUi ui{[&](FrameContext& f) {
    if (button(f, "go", "Go")) ++pressed;
  }};
  REQUIRE(ui.click("go"));
  CHECK(pressed == 1);
  ui.key(Key::tab);
  CHECK(pressed == 1);
  ui.key(Key::space);
  CHECK(pressed == 2);
  ui.key(Key::enter);
  CHECK(pressed == 3);
}

TEST_CASE("widgets are drawn and pressed at every scale that a screen or a person may ask for") {
  for (const float scale : {0.75F, 0.99F, 1.0F, 1.01F, 4.0F}) {
    INFO(scale);
    int pressed = 0;
    HeadlessUi ui{[&](FrameContext& f) {
                    if (button(f, "go", "Go")) ++pressed;
                  },
                  {.scale = scale}};
    REQUIRE(ui.click("go"));
    CHECK(pressed == 1);
  }
}

TEST_CASE("a disabled button can't be pressed") {
  int pressed = 0;
  HeadlessUi ui{[&](FrameContext& f) {
    if (button(f, "go", "Go", {.disabled = true})) ++pressed;
  }};
  ui.click("go");
  CHECK(pressed == 0);
  CHECK(ui.snapshot() == "button go \"Go\" disabled\n");
}

TEST_CASE("Tab walks through everything in order and presses nothing") {
  int pressed = 0;
  bool on = false;
  std::string text;
  HeadlessUi ui{[&](FrameContext& f) {
    if (button(f, "one", "One")) ++pressed;
    text_field(f, "two", text, {.label = "Two"});
    checkbox(f, "three", "Three", on);
    if (link(f, "four", "Four")) ++pressed;
  }};
  std::vector<std::string> order;
  for (int i = 0; i < 4; ++i) {
    ui.key(Key::tab);
    for (const Item& item : ui.recorder().items()) {
      if (item.focused) order.push_back(item.id);
    }
  }
  CHECK(order == std::vector<std::string>{"one", "two", "three", "four"});
  CHECK(pressed == 0);
  CHECK_FALSE(on);
}

TEST_CASE("a field takes text and says when Enter was pressed") {
  std::string value;
  bool submitted = false;
  HeadlessUi ui{[&](FrameContext& f) {
    const FieldResult r = text_field(f, "name", value, {.label = "Name"});
    submitted = submitted || r.submitted;
  }};
  REQUIRE(ui.click("name"));
  ui.type("Zoë Ωμ");
  CHECK(value == "Zoë Ωμ");
  CHECK_FALSE(submitted);
  ui.key(Key::enter);
  CHECK(submitted);
}

TEST_CASE("a password never reaches the record of the frame") {
  std::string value;
  HeadlessUi ui{
      [&](FrameContext& f) { text_field(f, "password", value, {.label = "Password", .password = true}); }};
  REQUIRE(ui.click("password"));
  ui.type("tr0ub4dor");
  CHECK(value == "tr0ub4dor");
  CHECK(ui.snapshot().find("tr0ub4dor") == std::string::npos);
}

TEST_CASE("an error stands below its field") {
  std::string value;
  HeadlessUi ui{
      [&](FrameContext& f) { text_field(f, "name", value, {.label = "Name", .error = "Type your name."}); }};
  CHECK(ui.recorder().shows("Type your name."));
}

TEST_CASE("a dropdown opens, chooses and closes") {
  const std::array<std::string, 3> roles{"member", "moderator", "admin"};
  std::size_t chosen = 0;
  HeadlessUi ui{[&](FrameContext& f) { dropdown(f, "role", "Role", roles, chosen); }};
  REQUIRE(ui.click("role"));
  REQUIRE(ui.click("role.choice:2"));
  CHECK(chosen == 2);
  ui.frames();
  CHECK(ui.recorder().find("role.choice:2") == nullptr);
}

TEST_CASE("a dialog keeps the rest out of reach, and Escape asks to close it") {
  bool open = true;
  int behind = 0;
  HeadlessUi ui{[&](FrameContext& f) {
    if (button(f, "behind", "Behind")) ++behind;
    if (!open) return;
    bool close = false;
    if (begin_dialog(f, "dialog", "Title", {}, close)) {
      paragraph(f, "Words", FontRole::text, f.theme.text1);
      end_dialog();
    }
    if (close) open = false;
  }};
  CHECK(ui.recorder().find("dialog"));
  ui.key(Key::escape);
  CHECK_FALSE(open);
  REQUIRE(ui.click("behind"));
  CHECK(behind == 1);
  open = true;
  ui.frames();
  ui.click("behind");
  CHECK(behind == 1);
}

TEST_CASE("a toast can be pressed away") {
  bool shown = true;
  HeadlessUi ui{[&](FrameContext& f) {
    float top = first_toast_top(f);
    if (shown && toast(f, "toast", NoticeTone::bad, "The message wasn't sent.", top)) shown = false;
  }};
  CHECK(ui.recorder().shows("The message wasn't sent."));
  REQUIRE(ui.click("toast.dismiss"));
  CHECK_FALSE(shown);
}

TEST_CASE("a frame that is asked for at a time is known to the window") {
  HeadlessUi ui{[](FrameContext& f) {
    f.request_frame_at(f.now + std::chrono::seconds{5});
    f.request_frame_at(f.now + std::chrono::seconds{2});
  }};
  REQUIRE(ui.next_frame_at());
  CHECK(*ui.next_frame_at() - ui.clock().now() == std::chrono::seconds{2});
}
