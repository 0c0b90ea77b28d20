#include <catch2/catch.hpp>

#include "client/views/held_sections.hpp"
#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

RoomRow one_room(std::int64_t id, std::uint32_t unread = 0) {
  RoomRow row;
  row.id = RoomId{id};
  row.name = "room-" + std::to_string(id);
  row.unread = unread;
  return row;
}

SideBarSection some_rooms(SideBarSection::Kind kind, std::int64_t first, std::int64_t last) {
  SideBarSection section{kind, {}};
  for (std::int64_t id = first; id <= last; ++id) section.rows.push_back(one_room(id));
  if (kind == SideBarSection::Kind::direct)
    for (RoomRow& row : section.rows) row.mark = RoomMark::direct;
  return section;
}

const ui::Item& row_of(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  REQUIRE(found);
  return *found;
}

std::string ids_in(const std::vector<SideBarSection>& sections) {
  std::string out;
  for (const SideBarSection& section : sections) {
    out += out.empty() ? "" : "|";
    for (const RoomRow& row : section.rows) out += std::to_string(row.id.value) + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("no row moves under the mouse, and all stand where they belong once it is elsewhere") {
  WindowProps p = sample::main_window();
  p.side_bar.sections = {some_rooms(SideBarSection::Kind::rooms, 1, 5),
                         some_rooms(SideBarSection::Kind::direct, 6, 6)};
  Client c{p};
  REQUIRE(c.ui.hover("side.room:3"));
  const float third = row_of(c, "side.room:3").rect.y0;
  // Room 5 has news and rises above all others; room 1 is gone.
  c.props.side_bar.sections = {SideBarSection{SideBarSection::Kind::unread, {one_room(5, 7)}},
                               some_rooms(SideBarSection::Kind::rooms, 2, 4),
                               some_rooms(SideBarSection::Kind::direct, 6, 6)};
  c.ui.frames();
  CHECK(row_of(c, "side.room:5").state == "7 unread");
  CHECK(row_of(c, "side.room:5").rect.y0 > row_of(c, "side.room:3").rect.y0);
  CHECK_FALSE(c.ui.recorder().find("side.room:1"));
  // What the mouse is on can go up by a row that went away, and by nothing else.
  CHECK(row_of(c, "side.room:3").rect.y0 <= third);
  c.ui.move_to(900, 300);
  c.ui.frames();
  CHECK(row_of(c, "side.room:5").rect.y0 < row_of(c, "side.room:3").rect.y0);
}

TEST_CASE("held rows know what is new of their rooms; a room that came and was opened ends it") {
  const std::vector<SideBarSection> shown = {some_rooms(SideBarSection::Kind::rooms, 1, 3),
                                             some_rooms(SideBarSection::Kind::direct, 6, 7)};
  std::vector<SideBarSection> now = {
      SideBarSection{SideBarSection::Kind::unread, {one_room(7, 2), one_room(9, 1)}},
      some_rooms(SideBarSection::Kind::rooms, 1, 3), some_rooms(SideBarSection::Kind::direct, 6, 6)};
  CHECK(ids_in(views::hold_sections(shown, now)) == "1 2 3 |6 7 ");
  CHECK(views::hold_sections(shown, now)[1].rows[1].unread == 2);
  now[1].collapsed = true;
  CHECK(views::hold_sections(shown, now)[0].collapsed);
  now[0].rows[1].selected = true;
  CHECK(ids_in(views::hold_sections(shown, now)) == ids_in(now));
  now[0].rows[1].selected = false;
  now[1].rows[0].selected = true;
  CHECK(ids_in(views::hold_sections(shown, now)) == "1 2 3 |6 7 ");
}

TEST_CASE(
    "a section collapses by a press on its title, and then shows the open room and how much is unread") {
  WindowProps p = sample::main_window();
  p.side_bar.sections = {some_rooms(SideBarSection::Kind::unread, 1, 3),
                         some_rooms(SideBarSection::Kind::rooms, 4, 6),
                         some_rooms(SideBarSection::Kind::direct, 7, 7)};
  p.side_bar.sections[0].rows[0].unread = 4;
  p.side_bar.sections[0].rows[1].unread = 3;
  p.side_bar.sections[1].rows[1].selected = true;
  Client c{p};
  REQUIRE(c.ui.click("side.section:1"));
  REQUIRE(c.last<ToggleSection>());
  CHECK(c.last<ToggleSection>()->kind == SideBarSection::Kind::unread);
  c.props.side_bar.sections[0].collapsed = c.props.side_bar.sections[1].collapsed = true;
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("side.room:1"));
  CHECK_FALSE(c.ui.recorder().find("side.room:4"));
  CHECK(c.ui.recorder().find("side.room:5"));
  CHECK(row_of(c, "side.section:1").state == "collapsed");
  bool counted = false;
  for (const ui::Item& one : c.ui.recorder().items())
    counted = counted || (one.kind == ui::ItemKind::badge && one.label == "7");
  CHECK(counted);
}

TEST_CASE("below a thousand rooms the direct messages are one press away") {
  WindowProps p = sample::main_window();
  p.side_bar.sections = {some_rooms(SideBarSection::Kind::rooms, 1, 1'000),
                         some_rooms(SideBarSection::Kind::direct, 2'001, 2'040)};
  p.side_bar.sections[0].rows[0].selected = true;
  Client c{p};
  CHECK_FALSE(row_of(c, "side.room:2001").visible);
  REQUIRE(c.ui.click("side.direct_below"));
  c.ui.frames();
  CHECK(row_of(c, "side.room:2001").visible);
  CHECK_FALSE(c.ui.recorder().find("side.direct_below"));
}

TEST_CASE("in the list of rooms a long name leaves its place to the count, and tells itself in full") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::browse;
  BrowseProps::Row row;
  row.room = RoomId{1};
  row.name = std::string(64, 'W');
  row.topic = std::string(300, 'x');
  row.members = "4,500 members";
  row.joined = true;
  p.browse.rows = {row};
  Client c{p};
  const ui::Rect count = row_of(c, "browse.count:1").rect, verb = row_of(c, "browse.verb:1").rect;
  CHECK(row_of(c, "browse.count:1").visible);
  CHECK(count.x1 < verb.x0);
  REQUIRE(c.ui.hover("browse.room:1"));
  CHECK(row_of(c, "tooltip").label == "# " + row.name + "\n" + row.topic);
}

TEST_CASE("a topic that is cut tells itself in full under the mouse, and one that isn't doesn't") {
  WindowProps p = sample::main_window();
  p.header.topic = "short";
  Client c{p};
  const auto told = [&] {
    c.ui.move_to(400, 38);
    const ui::Item* tip = c.ui.recorder().find("tooltip");
    return tip ? tip->label : "";
  };
  CHECK(told().empty());
  c.props.header.topic = std::string(300, 'x');
  c.ui.frames();
  CHECK(told() == c.props.header.topic);
}
