#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

const ui::Item& item(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  REQUIRE(found);
  return *found;
}

WindowProps signing_in() {
  WindowProps p = sample::first_start();
  p.welcome.step = WelcomeStep::sign_in;
  p.welcome.server = "office.example:7443";
  p.welcome.name = "lena";
  return p;
}

// The answer takes its time, and then refuses.
void refuse(Client& c, WelcomeField field) {
  c.props.welcome.busy = true;
  c.ui.frames(10);
  c.props.welcome.busy = false;
  c.props.welcome.error = "That isn't right.";
  c.props.welcome.error_field = field;
  c.ui.frames();
}

}  // namespace

TEST_CASE("a refused link leaves the keyboard in its field") {
  Client c{sample::first_start()};
  c.ui.type("wardroom://x");
  c.ui.key(Key::enter);
  REQUIRE(c.count<UseInviteLink>() == 1);
  refuse(c, WelcomeField::link);
  CHECK(item(c, "welcome.link").focused);
  c.ui.type("y");
  c.ui.key(Key::enter);
  CHECK(c.last<UseInviteLink>()->link == "wardroom://xy");
}

TEST_CASE("a refused password leaves the keyboard in its field, and a code that is asked for takes it") {
  Client c{signing_in()};
  c.ui.type("wrong");
  c.ui.key(Key::enter);
  refuse(c, WelcomeField::password);
  CHECK(item(c, "welcome.password").focused);
  c.ui.key(Key::enter);
  CHECK(c.count<SignIn>() == 2);
  c.props.welcome.busy = true;
  c.ui.frames();
  c.props.welcome.busy = false;
  c.props.welcome.needs_code = true;
  c.ui.frames();
  CHECK(item(c, "welcome.code").focused);
  c.ui.type("123456");
  c.ui.key(Key::enter);
  refuse(c, WelcomeField::code);
  CHECK(item(c, "welcome.code").focused);
}

TEST_CASE("whoever goes elsewhere while the answer is awaited isn't called back") {
  Client c{signing_in()};
  c.ui.type("wrong");
  c.ui.key(Key::enter);
  c.ui.frames();
  REQUIRE(c.ui.click("welcome.name"));
  refuse(c, WelcomeField::password);
  CHECK_FALSE(item(c, "welcome.password").focused);
}

TEST_CASE("Enter that is held down enters once") {
  Client c{signing_in()};
  c.ui.type("wrong");
  c.ui.hold(Key::enter, 2);
  CHECK(c.count<SignIn>() == 1);
  c.ui.key(Key::enter);
  CHECK(c.count<SignIn>() == 2);
}

TEST_CASE("Enter mutes: with the reason alone, and after a length was chosen") {
  Client c;
  c.props.dialog = Dialog::reason;
  c.props.reason_dialog = sample::mute_dialog();
  c.ui.frames();
  c.ui.key(Key::enter);
  CHECK(c.count<GiveReason>() == 0);
  CHECK(item(c, "reason.text").focused);
  REQUIRE(c.ui.click("reason.length"));
  REQUIRE(c.ui.click("reason.length.choice:2"));
  CHECK(item(c, "reason.text").focused);
  c.ui.type("flooding");
  c.ui.key(Key::enter);
  REQUIRE(c.count<GiveReason>() == 1);
  CHECK(c.last<GiveReason>()->reason == "flooding");
  CHECK(c.last<GiveReason>()->length == 2);
  c.props.reason_dialog.busy = true;
  c.ui.frames();
  c.props.reason_dialog.busy = false;
  c.props.reason_dialog.error = "They moderate this room.";
  c.ui.frames();
  CHECK(item(c, "reason.text").focused);
}

TEST_CASE("the settings are as high whichever tab is open, so that the tabs stay under the mouse") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  Client c{p};
  const ui::Rect dialog = item(c, "settings").rect;
  const ui::Rect tab = item(c, "settings.tab:1").rect;
  for (int i = 0; i < 6; ++i) {
    REQUIRE(c.ui.click("settings.tab:" + std::to_string(i)));
    INFO(i);
    CHECK(item(c, "settings").rect.y0 == dialog.y0);
    CHECK(item(c, "settings").rect.y1 == dialog.y1);
    CHECK(item(c, "settings.tab:1").rect.y0 == tab.y0);
  }
}

TEST_CASE("toasts cover no button, no field and no row of a list") {
  WindowProps p = sample::main_window();
  p.toasts = {
      {1, false, "Saved."},
      {2, true, "The server refused the message, and said so at such a length that it takes two lines."},
      {3, true, "You're offline. Try again when the connection is back."}};
  for (const float width : {1280.0F, 720.0F}) {
    Client c{p};
    c.ui.resize(width, 800);
    std::vector<ui::Rect> toasts;
    for (const ui::Item& one : c.ui.recorder().items())
      if (one.kind == ui::ItemKind::toast) toasts.push_back(one.rect);
    REQUIRE(toasts.size() == 3);
    CHECK(toasts[1].y0 >= toasts[0].y1);
    CHECK(toasts[2].y0 >= toasts[1].y1);
    for (const ui::Item& one : c.ui.recorder().items()) {
      const bool pressable = one.kind == ui::ItemKind::button || one.kind == ui::ItemKind::icon_button ||
                             one.kind == ui::ItemKind::field || one.kind == ui::ItemKind::row;
      if (!pressable || !one.visible || one.id.starts_with("toast")) continue;
      for (const ui::Rect& toast : toasts) {
        INFO(width << ": " << one.id);
        const bool apart = toast.x1 <= one.rect.x0 || toast.x0 >= one.rect.x1 || toast.y1 <= one.rect.y0 ||
                           toast.y0 >= one.rect.y1;
        CHECK(apart);
      }
    }
  }
}

TEST_CASE("a new direct message: Enter chooses who is found first, and Enter again starts") {
  Client c;
  c.props.dialog = Dialog::new_direct;
  c.ui.frames();
  c.ui.key(Key::enter);
  CHECK(c.count<OpenDirect>() == 0);
  c.ui.type("nobody");
  c.ui.key(Key::enter);
  CHECK(item(c, "direct.query").state == "nobody");
  REQUIRE(c.ui.click("direct.query.clear"));
  REQUIRE(c.ui.click("direct.query"));
  c.ui.type("ama");
  c.ui.key(Key::enter);
  CHECK(c.count<OpenDirect>() == 0);
  CHECK(item(c, "direct.query").state.empty());
  CHECK(item(c, "direct.person:2").selected);
  c.ui.key(Key::enter);
  REQUIRE(c.count<OpenDirect>() == 1);
  CHECK(c.last<OpenDirect>()->people == std::vector{UserId{2}});
}

TEST_CASE("a new direct message: who is pressed is chosen, and Enter starts") {
  Client c;
  c.props.dialog = Dialog::new_direct;
  c.ui.frames();
  REQUIRE(c.ui.click("direct.person:2"));
  CHECK(item(c, "direct.query").focused);
  c.ui.key(Key::enter);
  REQUIRE(c.count<OpenDirect>() == 1);
  CHECK(c.last<OpenDirect>()->people == std::vector{UserId{2}});
}

TEST_CASE("the side bar brings the open room into sight, once") {
  WindowProps p = sample::main_window();
  SideBarSection many;
  for (std::int64_t i = 100; i < 200; ++i) {
    RoomRow row;
    row.id = RoomId{i};
    row.name = "room-" + std::to_string(i);
    many.rows.push_back(row);
  }
  p.side_bar.sections = {many};
  p.side_bar.sections[0].rows[0].selected = true;
  Client c{p};
  CHECK(item(c, "side.room:100").visible);
  CHECK_FALSE(item(c, "side.room:180").visible);
  const auto open = [&](std::size_t at) {
    for (auto& row : c.props.side_bar.sections[0].rows) row.selected = false;
    c.props.side_bar.sections[0].rows[at].selected = true;
    c.ui.frames();
  };
  open(80);
  CHECK(item(c, "side.room:180").visible);
  // One that is in sight doesn't make the list jump.
  const float before = item(c, "side.room:180").rect.y0;
  open(81);
  CHECK(item(c, "side.room:180").rect.y0 == before);
  // Whoever scrolls away isn't called back.
  c.ui.hover("side.room:180");
  for (int i = 0; i < 40; ++i) c.ui.scroll(5);
  CHECK_FALSE(item(c, "side.room:181").visible);
  open(0);
  CHECK(item(c, "side.room:100").visible);
}

TEST_CASE("a room whose name is cut says it in full under the mouse") {
  WindowProps p = sample::main_window();
  SideBarSection section;
  RoomRow row;
  row.id = RoomId{100};
  row.name = "short";
  section.rows.push_back(row);
  row.id = RoomId{101};
  row.name = "a-name-that-is-much-longer-than-the-side-bar-of-the-window-is-wide";
  section.rows.push_back(row);
  p.side_bar.sections = {section};
  Client c{p};
  REQUIRE(c.ui.hover("side.room:100"));
  CHECK_FALSE(c.ui.recorder().find("tooltip"));
  REQUIRE(c.ui.hover("side.room:101"));
  CHECK(item(c, "tooltip").label == row.name);
}

TEST_CASE("a refused name leaves the keyboard in its field, of a new room and of oneself") {
  Client c;
  c.props.dialog = Dialog::create_room;
  c.ui.frames();
  c.ui.type("ops");
  c.ui.key(Key::enter);
  REQUIRE(c.count<CreateRoom>() == 1);
  c.props.create_room.busy = true;
  c.ui.frames(10);
  c.props.create_room.busy = false;
  c.props.create_room.error = "There is a room called ops already.";
  c.ui.frames();
  CHECK(item(c, "create.name").focused);
  c.ui.type("2");
  c.ui.key(Key::enter);
  CHECK(c.last<CreateRoom>()->name == "ops2");

  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  Client own{p};
  REQUIRE(own.ui.click("settings.tab:0"));
  REQUIRE(own.ui.click("settings.display_name"));
  own.ui.key(Key::end);
  own.ui.type("x");
  own.ui.key(Key::enter);
  REQUIRE(own.count<SetProfile>() == 1);
  own.props.settings.profile_busy = true;
  own.ui.frames(10);
  own.props.settings.profile_busy = false;
  own.props.settings.profile_error = "That name is taken.";
  own.ui.frames();
  CHECK(item(own, "settings.display_name").focused);
}
