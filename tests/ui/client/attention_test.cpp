#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;

namespace {

const ui::Item& drawn_item(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  REQUIRE(found);
  return *found;
}

// As a hand does it: there, down, a little along, up, each in frames of its own.
void press_slowly(Client& c, std::string_view id) {
  const ui::Rect rect = drawn_item(c, id).rect;
  const float x = (rect.x0 + rect.x1) / 2, y = (rect.y0 + rect.y1) / 2;
  c.ui.move_to(x, y);
  c.ui.mouse_down(x, y);
  c.ui.move_to(x + 1, y + 1);
  c.ui.mouse_up();
}

WindowProps alerts() {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  return p;
}

// What is further down comes into sight first.
void scroll_to(Client& c, std::string_view id) {
  const ui::Rect list = drawn_item(c, "settings").rect;
  c.ui.move_to((list.x0 + list.x1) / 2, (list.y0 + list.y1) / 2);
  for (int i = 0; i < 60; ++i) {
    const ui::Item* item = c.ui.recorder().find(id);
    if (item && item->visible && item->rect.y1 < list.y1 - 24) return;
    c.ui.scroll(-1);
  }
}

}  // namespace

TEST_CASE("the room's menu chooses what is told of it, for good or for a time") {
  WindowProps p = sample::main_window();
  p.header.level = RoomLevel::mentions;
  Client c{p};
  press_slowly(c, "room.menu");
  CHECK(drawn_item(c, "room.level:1").selected);
  CHECK_FALSE(drawn_item(c, "room.level:2").selected);
  press_slowly(c, "room.level:2");
  REQUIRE(c.last<SetRoomLevel>());
  CHECK(c.last<SetRoomLevel>()->room == p.header.room);
  CHECK(c.last<SetRoomLevel>()->level == RoomLevel::nothing);
  CHECK_FALSE(c.ui.recorder().find("room.level:2"));  // it closes
  press_slowly(c, "room.menu");
  press_slowly(c, "room.pause:1");
  REQUIRE(c.last<PauseRoom>());
  CHECK(c.last<PauseRoom>()->pause == RoomPause::hour);
}

TEST_CASE("a paused room says until when, and goes on by a press") {
  WindowProps p = sample::main_window();
  p.header.paused_until = "16:42";
  Client c{p};
  press_slowly(c, "room.menu");
  CHECK(c.ui.recorder().shows("paused until 16:42"));
  CHECK_FALSE(c.ui.recorder().find("room.pause:1"));
  press_slowly(c, "room.pause:0");
  REQUIRE(c.last<PauseRoom>());
  CHECK(c.last<PauseRoom>()->pause == RoomPause::none);
}

TEST_CASE("the settings say what the desktop lacks") {
  Client c{alerts()};
  press_slowly(c, "settings.tab:3");
  CHECK(c.ui.recorder().shows("Notifications here have no reply field."));
}

TEST_CASE("do not disturb, days and times are chosen by mouse and keyboard") {
  Client c{alerts()};
  press_slowly(c, "settings.tab:3");
  press_slowly(c, "settings.do_not_disturb");
  REQUIRE(c.last<SetDoNotDisturb>());
  CHECK(c.last<SetDoNotDisturb>()->on);
  press_slowly(c, "attention.day:5");
  REQUIRE(c.last<SetAttentionHours>());
  CHECK(c.last<SetAttentionHours>()->days == (AttentionHours::kWorkdays | 0x20));
  CHECK(drawn_item(c, "attention.save_hours").disabled);
  press_slowly(c, "attention.from");
  c.ui.key(ui::Key::a, {.ctrl = true});
  c.ui.type("9:3x");
  CHECK(drawn_item(c, "attention.save_hours").disabled);
  CHECK(c.ui.recorder().shows("A time such as 08:00"));
  c.ui.key(ui::Key::a, {.ctrl = true});
  c.ui.type("9:30");
  CHECK_FALSE(drawn_item(c, "attention.save_hours").disabled);
  press_slowly(c, "attention.save_hours");
  CHECK(c.last<SetAttentionHours>()->from == std::chrono::minutes{570});
  CHECK(c.last<SetAttentionHours>()->to == std::chrono::minutes{1080});
}

TEST_CASE("keywords are saved by Enter, and what was typed stays") {
  Client c{alerts()};
  press_slowly(c, "settings.tab:3");
  scroll_to(c, "attention.keywords");
  press_slowly(c, "attention.keywords");
  c.ui.key(ui::Key::end);
  c.ui.type(", lunch");
  c.ui.key(ui::Key::enter);
  REQUIRE(c.last<SetKeywords>());
  CHECK(c.last<SetKeywords>()->typed == "release, freeze, lunch");
  CHECK(drawn_item(c, "attention.keywords").state == "release, freeze, lunch");
}

TEST_CASE("keywords that are too long or too many stay in the field, and it says why") {
  Client c{alerts()};
  press_slowly(c, "settings.tab:3");
  scroll_to(c, "attention.keywords");
  press_slowly(c, "attention.keywords");
  c.ui.key(ui::Key::end);
  const std::string tail = ", " + std::string(101, 'x');
  c.ui.type(tail);
  c.ui.key(ui::Key::enter);
  CHECK_FALSE(c.last<SetKeywords>());
  CHECK(drawn_item(c, "attention.keywords").state == "release, freeze" + tail);
  CHECK(drawn_item(c, "attention.save_keywords").disabled);
  CHECK(c.ui.recorder().shows("A keyword can have up to 100 characters."));
}

TEST_CASE("every switch of the page answers the mouse") {
  Client c{alerts()};
  press_slowly(c, "settings.tab:3");
  const std::pair<std::string_view, AttentionSwitch> switches[] = {
      {"attention.hours", AttentionSwitch::hours},
      {"attention.text", AttentionSwitch::shows_text},
      {"attention.sound", AttentionSwitch::sound},
      {"attention.away_when_idle", AttentionSwitch::away_when_idle},
      {"attention.tray", AttentionSwitch::tray},
      {"attention.closes_to_tray", AttentionSwitch::closes_to_tray}};
  for (const auto& [id, what] : switches) {
    INFO(id);
    scroll_to(c, id);
    press_slowly(c, id);
    REQUIRE(c.last<SetAttention>());
    CHECK(c.last<SetAttention>()->what == what);
  }
  scroll_to(c, "attention.autostart");
  press_slowly(c, "attention.autostart");
  REQUIRE(c.last<SetAutostart>());
  CHECK(c.last<SetAutostart>()->on);
}

TEST_CASE("outside the hours the quiet bell stands beside one's name, and the switch isn't on") {
  WindowProps p = sample::main_window();
  p.side_bar.quiet = true;
  Client c{p};
  press_slowly(c, "side.self");
  CHECK_FALSE(drawn_item(c, "side.do_not_disturb").selected);
}
