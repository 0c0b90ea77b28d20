#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Key;

TEST_CASE("F1 says what the page is for, and closes again") {
  Console c{sample::rooms_page()};
  c.ui.key(Key::f1);
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Make rooms, rename them, lock or archive them."));
  REQUIRE(c.ui.click("help.close"));
  c.ui.frames();
  CHECK(c.ui.recorder().find("help.close") == nullptr);
}

TEST_CASE("a room is made and edited by its dialog, with Enter too") {
  Console c{sample::rooms_page()};
  c.props.rooms.may_create = true;
  c.ui.frames();
  REQUIRE(c.ui.click("rooms.new"));
  CHECK(c.last<ShowRoomsDialog>()->dialog == RoomsDialog::add);
  c.props.rooms.dialog = RoomsDialog::add;
  c.ui.frames();
  c.ui.type("release-8");
  REQUIRE(c.ui.click("room.private"));
  REQUIRE(c.ui.click("room.confirm"));
  REQUIRE(c.last<MakeRoom>());
  CHECK(c.last<MakeRoom>()->form.name == "release-8");
  CHECK(c.last<MakeRoom>()->form.is_private);
  // A refusal leaves what was typed.
  c.props.rooms.dialog_error = "There is a room of this name.";
  c.ui.frames();
  CHECK(c.ui.recorder().find("room.name")->state == "release-8");
}

TEST_CASE("where a list is saved is asked, and a refusal leaves the path") {
  Console c{sample::people_page()};
  REQUIRE(c.ui.click("list.save"));
  CHECK(c.last<AskForCsv>());
  c.props.csv = {1, "Save people", "~/wardroom-people.csv", false, "", ""};
  c.ui.frames();
  CHECK(c.ui.recorder().find("csv.path")->state == "~/wardroom-people.csv");
  REQUIRE(c.ui.click("csv.confirm"));
  CHECK(c.last<SaveCsv>()->path == "~/wardroom-people.csv");
  c.props.csv.error = "There is no folder there.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("There is no folder there."));
  CHECK(c.ui.recorder().find("csv.path")->state == "~/wardroom-people.csv");
}

TEST_CASE("the reported message is in sight, however much was written before it") {
  ConsoleProps p = sample::moderation_page();
  const EvidenceMessage long_one{"Amara Osei", "today 09:02", std::string(3000, 'x'), ""};
  p.moderation.details.before = {long_one, long_one, long_one};
  Console c{std::move(p)};
  c.ui.resize(1024, 700);
  REQUIRE(c.ui.recorder().find("report.message"));
  CHECK(c.ui.recorder().find("report.message")->visible);
}

TEST_CASE("a mute is lifted from the person") {
  ConsoleProps p = sample::people_page();
  p.people.details.sanctions = {{false, {}, "Muted in every room until it is lifted", "Lena Moreau: noise"}};
  Console c{std::move(p)};
  CHECK(c.ui.recorder().shows("Muted in every room"));
  REQUIRE(c.ui.click("person.lift:0"));
  CHECK(std::get<LiftSanction>(c.last<AskReason>()->act).person == UserId{4});
}

TEST_CASE("in a small window at 150 % no column is lost: the table goes sideways") {
  Console c(sample::people_page(), {.width = 1024, .height = 700, .scale = 1.5F});
  REQUIRE(c.ui.recorder().find("people.table.title:0"));
  CHECK(c.ui.recorder().find("people.table.title:0")->rect.width() >= 100);
  REQUIRE(c.ui.hover("people.table.row:0"));
  c.ui.hold_mods({.shift = true});
  c.ui.scroll(-40);
  c.ui.frames(4);
  REQUIRE(c.ui.recorder().find("people.table.title:6"));
  CHECK(c.ui.recorder().find("people.table.title:6")->rect.width() == Approx(136 * 1.5F).margin(4));
  // What can be done with the person is there, too.
  CHECK(c.ui.recorder().find("person.edit"));
}
