#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

SideBarSection section_with(SideBarSection::Kind kind, std::vector<std::int64_t> ids, std::size_t index = 0,
                            std::string name = {}) {
  SideBarSection section{kind, {}};
  section.index = index;
  section.name = std::move(name);
  for (const auto id : ids) {
    RoomRow row;
    row.id = RoomId{id};
    row.name = "place-" + std::to_string(id);
    section.rows.push_back(row);
  }
  return section;
}

WindowProps arranged() {
  WindowProps p = sample::main_window();
  p.side_bar.sections = {section_with(SideBarSection::Kind::favourites, {1, 2}),
                         section_with(SideBarSection::Kind::own, {3, 4}, 0, "Projects"),
                         section_with(SideBarSection::Kind::own, {}, 1, "Quiet ones"),
                         section_with(SideBarSection::Kind::rooms, {5, 6})};
  return p;
}

const ui::Rect& place_of(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  REQUIRE(found);
  return found->rect;
}

float middle(const ui::Rect& rect) {
  return (rect.y0 + rect.y1) / 2;
}

// Press, movement and release are each in frames of their own.
void drag(Client& c, std::string_view from, float y) {
  const ui::Rect row = place_of(c, from);
  c.ui.mouse_down(row.x0 + 40, middle(row));
  c.ui.frames();
  c.ui.move_to(row.x0 + 44, middle(row) + 20);
  c.ui.frames();
  c.ui.move_to(row.x0 + 40, y);
  c.ui.frames();
  c.ui.mouse_up();
  c.ui.frames();
}

}  // namespace

TEST_CASE("A message's menu copies its link, saves it, forwards it, and tells who saw it where it may") {
  WindowProps p = sample::main_window();
  p.timeline.link_base = "wardroom://office.example:7443/room/3/";
  Client c{p};
  const auto choose = [&](const char* id) {
    REQUIRE(c.ui.right_click("timeline.message:2"));
    c.ui.frames();
    REQUIRE(c.ui.click(id));
    c.ui.frames();
  };
  choose("message.copy_link");
  CHECK(c.ui.clipboard() == "wardroom://office.example:7443/room/3/3");
  choose("message.save");
  REQUIRE(c.last<SaveMessage>());
  CHECK(c.last<SaveMessage>()->on);
  CHECK(c.last<SaveMessage>()->place.seq == Seq{3});
  choose("message.forward");
  REQUIRE(c.last<StartForward>());
  CHECK(c.last<StartForward>()->place.seq == Seq{3});
  REQUIRE(c.ui.right_click("timeline.message:2"));
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("message.seen_by"));
  c.ui.key(Key::escape);
  c.ui.frames();
  c.props.timeline.saved = {Seq{3}};
  c.props.timeline.seen_by = true;
  choose("message.save");
  CHECK_FALSE(c.last<SaveMessage>()->on);
  choose("message.seen_by");
  REQUIRE(c.last<ShowSeenBy>());
}

TEST_CASE("A link to a message is drawn as a card, asked for once it is in sight, and leads there") {
  WindowProps p = sample::main_window();
  const MessagePlace place{RoomId{4}, Seq{9}};
  p.timeline.rows[2].links = {place};
  Client c{p};
  c.ui.frames();
  REQUIRE(c.last<WantLinked>());
  CHECK(c.last<WantLinked>()->place == place);
  c.props.timeline.link_cards[place] = {"Amara Osei · #general · today 09:14", "The plan", true};
  c.ui.frames();
  c.actions.clear();
  c.ui.frames();
  CHECK_FALSE(c.last<WantLinked>());
  const ui::Item* card = c.ui.recorder().find("timeline.link:200");
  REQUIRE(card);
  CHECK(card->label == "The plan");
  c.ui.mouse_down(card->rect.x0 + 30, middle(card->rect));
  c.ui.frames();
  CHECK_FALSE(c.last<GoToMessage>());
  c.ui.mouse_up();
  c.ui.frames();
  REQUIRE(c.last<GoToMessage>());
  CHECK(c.last<GoToMessage>()->place == place);
  c.actions.clear();
  c.props.timeline.link_cards[place] = {"", "This message is no longer there.", false};
  c.ui.frames();
  c.ui.click("timeline.link:200");
  CHECK_FALSE(c.last<GoToMessage>());
}

TEST_CASE("A bare link of a message can be pressed like any other") {
  WindowProps p = sample::main_window();
  p.timeline.rows[1].text = "wardroom://office.example:7443/room/3/2";
  Client c{p};
  const ui::Rect row = place_of(c, "timeline.message:1");
  c.ui.click_at(row.x0 + 60, row.y0 + 38);
  REQUIRE(c.last<OpenLink>());
  CHECK(c.last<OpenLink>()->url == "wardroom://office.example:7443/room/3/2");
}

TEST_CASE("A room for a forwarded message is found by a few letters; what was typed survives a refusal") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::forward;
  p.forward.serial = 1;
  p.forward.quote = {Seq{3}, "Amara Osei", "The freeze is on Thursday"};
  for (std::int64_t id = 1; id <= 3; ++id) {
    SwitcherProps::Entry entry;
    entry.room = RoomId{id};
    entry.name = id == 2 ? "Müller" : "place-" + std::to_string(id);
    p.forward.entries.push_back(entry);
  }
  Client c{p};
  c.ui.frames(5);
  c.ui.type("muller");
  CHECK(c.ui.recorder().find("forward.room:2"));
  CHECK_FALSE(c.ui.recorder().find("forward.room:1"));
  c.ui.key(Key::enter);
  c.ui.frames();
  CHECK_FALSE(c.last<Forward>());
  REQUIRE(c.ui.click("forward.comment"));
  c.ui.type("look");
  c.ui.key(Key::enter);
  REQUIRE(c.last<Forward>());
  CHECK(c.last<Forward>()->to == RoomId{2});
  CHECK(c.last<Forward>()->comment == "look");
  c.actions.clear();
  c.props.forward.error = "You can't post in that room any more. Choose another one.";
  c.ui.frames();
  REQUIRE(c.ui.click("forward.room:3"));
  REQUIRE(c.ui.click("forward.confirm"));
  REQUIRE(c.last<Forward>());
  CHECK(c.last<Forward>()->to == RoomId{3});
  CHECK(c.last<Forward>()->comment == "look");
}

TEST_CASE("The right button on a room opens its menu: favourites, sections, name, people") {
  Client c{arranged()};
  REQUIRE(c.ui.right_click("side.room:5"));
  c.ui.frames();
  REQUIRE(c.last<OpenRoomMenu>());
  CHECK(c.last<OpenRoomMenu>()->room == RoomId{5});
  c.props.room_menu.room = RoomId{5};
  c.props.room_menu.name = "place-5";
  c.props.room_menu.moderates = true;
  c.props.room_menu.placing.sections = {"Projects", "Quiet ones"};
  c.ui.frames();
  const auto choose = [&](const char* id) {
    if (!c.ui.recorder().find(id)) {
      REQUIRE(c.ui.right_click("side.room:5"));
      c.ui.frames();
    }
    REQUIRE(c.ui.click(id));
    c.ui.frames();
  };
  choose("room.favourite");
  REQUIRE(c.last<PlaceRoom>());
  CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::favourites);
  choose("room.section:1");
  CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::section);
  CHECK(c.last<PlaceRoom>()->place.section == 1);
  choose("room.new_section");
  REQUIRE(c.last<StartSection>());
  CHECK(c.last<StartSection>()->room == RoomId{5});
  choose("room.change");
  CHECK(c.last<StartChangingRoom>()->room == RoomId{5});
  choose("room.add_people");
  CHECK(c.last<StartAddingPeople>()->room == RoomId{5});
  CHECK(c.count<OpenRoom>() == 0);
}

TEST_CASE("A room is dragged into a section, to its place among the others, and out again") {
  Client c{arranged()};
  SECTION("above another one") {
    const ui::Rect third = place_of(c, "side.room:3");
    drag(c, "side.room:6", third.y0 + 3);
    REQUIRE(c.last<PlaceRoom>());
    CHECK(c.last<PlaceRoom>()->room == RoomId{6});
    CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::section);
    CHECK(c.last<PlaceRoom>()->place.section == 0);
    CHECK(c.last<PlaceRoom>()->before == RoomId{3});
  }
  SECTION("below another one") {
    drag(c, "side.room:6", place_of(c, "side.room:1").y1 - 3);
    CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::favourites);
    CHECK(c.last<PlaceRoom>()->before == RoomId{2});
  }
  SECTION("into an empty section") {
    drag(c, "side.room:6", middle(place_of(c, "side.section:101")));
    CHECK(c.last<PlaceRoom>()->place.section == 1);
    CHECK_FALSE(c.last<PlaceRoom>()->before.is_set());
  }
  SECTION("out of its section") {
    drag(c, "side.room:1", middle(place_of(c, "side.room:5")));
    CHECK(c.last<PlaceRoom>()->room == RoomId{1});
    CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::nowhere);
  }
  CHECK(c.count<PlaceRoom>() == 1);
  CHECK(c.count<OpenRoom>() == 0);
}

TEST_CASE("A press without a movement opens the room; Escape ends a drag") {
  Client c{arranged()};
  const ui::Rect row = place_of(c, "side.room:6");
  c.ui.mouse_down(row.x0 + 40, middle(row));
  c.ui.frames();
  c.ui.move_to(row.x0 + 42, middle(row) + 1);
  c.ui.frames();
  c.ui.mouse_up();
  c.ui.frames();
  REQUIRE(c.last<OpenRoom>());
  CHECK(c.last<OpenRoom>()->room == RoomId{6});
  c.ui.mouse_down(row.x0 + 40, middle(row));
  c.ui.frames();
  c.ui.move_to(row.x0 + 40, middle(place_of(c, "side.room:1")));
  c.ui.frames();
  c.ui.key(Key::escape);
  c.ui.mouse_up();
  c.ui.frames();
  CHECK(c.count<PlaceRoom>() == 0);
}

TEST_CASE("Where there are no favourites yet, a strip takes the first one") {
  WindowProps p = arranged();
  p.side_bar.sections.erase(p.side_bar.sections.begin());
  Client c{p};
  CHECK_FALSE(c.ui.recorder().find("side.favourite_drop"));
  drag(c, "side.room:6", 120);
  REQUIRE(c.last<PlaceRoom>());
  CHECK(c.last<PlaceRoom>()->place.kind == SidebarPlace::Kind::favourites);
}

TEST_CASE("A section of one's own folds by a press and is renamed by its menu") {
  Client c{arranged()};
  REQUIRE(c.ui.click("side.section:100"));
  REQUIRE(c.last<FoldSection>());
  CHECK(c.last<FoldSection>()->index == 0);
  REQUIRE(c.ui.right_click("side.section:101"));
  c.ui.frames();
  REQUIRE(c.ui.click("side.section_rename"));
  REQUIRE(c.last<StartSection>());
  CHECK(c.last<StartSection>()->index == 1U);
}

TEST_CASE("Members are found by a few letters of their names") {
  Client c;
  REQUIRE(c.ui.recorder().find("members.person:5"));
  REQUIRE(c.ui.click("members.filter"));
  c.ui.type("amar");
  c.ui.frames();
  CHECK(c.ui.recorder().find("members.person:2"));
  CHECK_FALSE(c.ui.recorder().find("members.person:5"));
  c.ui.type("x");
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("members.person:2"));
  c.props.members.room = RoomId{4};
  c.ui.frames();
  CHECK(c.ui.recorder().find("members.person:5"));
}

TEST_CASE("A day is chosen from the calendar or typed") {
  Client c;
  c.ui.key(Key::g, {.ctrl = true});
  CHECK(c.last<StartDateJump>());
  c.props.dialog = Dialog::date;
  c.props.date.serial = 1;
  c.props.date.today = std::chrono::year{2026} / 11 / 20;
  c.ui.frames(5);
  REQUIRE(c.ui.recorder().find("date.day:21"));
  CHECK(c.ui.recorder().find("date.day:21")->disabled);
  REQUIRE(c.ui.click("date.day:9"));
  REQUIRE(c.last<JumpToDate>());
  CHECK(c.last<JumpToDate>()->typed == "2026-11-09");
  REQUIRE(c.ui.click("date.before"));
  c.ui.frames();
  REQUIRE(c.ui.click("date.day:31"));
  CHECK(c.last<JumpToDate>()->typed == "2026-10-31");
  REQUIRE(c.ui.click("date.field"));
  c.ui.type("yesterday");
  c.ui.key(Key::enter);
  CHECK(c.last<JumpToDate>()->typed == "yesterday");
}

TEST_CASE("Saved messages stand in a list that leads to them and lets go of them") {
  Client c;
  c.ui.key(Key::s, {.ctrl = true, .shift = true});
  CHECK(c.last<ToggleSaved>());
  c.props.saved.shown = true;
  c.props.saved.rows = {{{RoomId{4}, Seq{9}}, "Amara Osei", "#general, today 09:14", "The **plan**"}};
  c.ui.frames();
  REQUIRE(c.ui.click("saved.message:0"));
  REQUIRE(c.last<GoToMessage>());
  CHECK(c.last<GoToMessage>()->place == MessagePlace{RoomId{4}, Seq{9}});
  REQUIRE(c.ui.click("saved.remove:0"));
  REQUIRE(c.last<SaveMessage>());
  CHECK_FALSE(c.last<SaveMessage>()->on);
}

TEST_CASE("A status and its end are set in a dialog; a profile leads to its person") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::status;
  p.status = {1, "lunch"};
  Client c{p};
  c.ui.frames(5);
  c.ui.key(Key::end);
  c.ui.type(" break");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SetStatus>());
  CHECK(c.last<SetStatus>()->text == "lunch break");
  c.props.dialog = Dialog::profile;
  c.props.profile.person.id = UserId{2};
  c.props.profile.person.display_name = "Amara Osei";
  c.ui.frames(5);
  REQUIRE(c.ui.click("profile.confirm"));
  REQUIRE(c.last<OpenDirect>());
  CHECK(c.last<OpenDirect>()->people == std::vector<UserId>{UserId{2}});
}
