#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Key;

namespace {

ConsoleProps csv_dialog() {
  ConsoleProps p = sample::people_page();
  p.csv = {1, "Save people", "~/wardroom-people.csv", false, "", ""};
  return p;
}

ConsoleProps evidence_form() {
  ConsoleProps p = sample::evidence_dialog();
  p.evidence.busy = false;
  p.evidence.form.target = "/home/ines/typed";
  return p;
}

struct Path {
  ConsoleProps (*page)();
  PathField field;
  const char* id;
  const char* browse;
};
const Path kPaths[] = {
    {csv_dialog, PathField::csv, "csv.path", "csv.browse"},
    {sample::import_page, PathField::import_file, "import.path", "import.browse"},
    {sample::import_done_page, PathField::invite_sheet, "import.sheet_path", "import.sheet_browse"},
    {evidence_form, PathField::evidence, "evidence.target", "evidence.browse"}};

}  // namespace

TEST_CASE("each field for a path has a button for the desktop's dialog, and what is chosen goes into it") {
  for (const Path& one : kPaths) {
    INFO(one.id);
    Console c{one.page()};
    REQUIRE(c.ui.click(one.id));
    c.ui.key(Key::end);
    c.ui.type("x");
    const std::string typed = c.ui.recorder().find(one.id)->state;
    CHECK(typed.ends_with("x"));
    REQUIRE(c.ui.click(one.browse));
    REQUIRE(c.last<BrowsePath>());
    CHECK(c.last<BrowsePath>()->field == one.field);
    CHECK(c.last<BrowsePath>()->typed == typed);
    c.props.browse.asking = one.field;
    c.ui.frames();
    CHECK(c.ui.recorder().find(one.browse)->disabled);
    // Closed without a choice: what was typed is there.
    c.props.browse.asking.reset();
    c.ui.frames();
    CHECK(c.ui.recorder().find(one.id)->state == typed);
    // Also while the keyboard is in the field.
    REQUIRE(c.ui.click(one.id));
    c.props.browse.chosen = 1;
    c.props.browse.field = one.field;
    c.props.browse.path = "/home/ines/chosen";
    c.ui.frames();
    CHECK(c.ui.recorder().find(one.id)->state == "/home/ines/chosen");
    // And is typed on.
    c.ui.key(Key::end);
    c.ui.type(".csv");
    CHECK(c.ui.recorder().find(one.id)->state == "/home/ines/chosen.csv");
  }
}

TEST_CASE(
    "the button counts when it is pressed and let go in different frames, and not when let go elsewhere") {
  for (const Path& one : kPaths) {
    INFO(one.id);
    Console c{one.page()};
    REQUIRE(c.ui.click(one.id));  // the keyboard is in the field at first
    const ui::Rect place = c.ui.recorder().find(one.browse)->rect;
    const float x = (place.x0 + place.x1) / 2, y = (place.y0 + place.y1) / 2;
    c.actions.clear();
    c.ui.mouse_down(x, y);
    c.ui.frames(5);
    c.ui.move_to(x + 3, y + 2);
    c.ui.frames(5);
    CHECK(c.last<BrowsePath>() == nullptr);
    c.ui.mouse_up();
    CHECK(c.last<BrowsePath>());
    c.actions.clear();
    c.ui.mouse_down(x, y);
    c.ui.frames(3);
    c.ui.move_to(x, y - 200);
    c.ui.mouse_up();
    CHECK(c.last<BrowsePath>() == nullptr);
  }
}

TEST_CASE("a desktop without dialogs leaves the field, and a line says that the path is typed") {
  for (const Path& one : kPaths) {
    INFO(one.id);
    Console c{one.page()};
    CHECK_FALSE(c.ui.recorder().shows("Type the path instead."));
    c.props.browse.no_dialog = true;
    c.ui.frames();
    CHECK(c.ui.recorder().shows("This desktop has no dialog for files. Type the path instead."));
    REQUIRE(c.ui.click(one.id));
    c.ui.key(Key::end);
    c.ui.type("x");
    CHECK(c.ui.recorder().find(one.id)->state.ends_with("x"));
  }
}

TEST_CASE("a path that was chosen for one list doesn't come up again with the next") {
  Console c{csv_dialog()};
  c.props.browse = {{}, 1, PathField::csv, "/home/ines/people.csv", false};
  c.ui.frames();
  CHECK(c.ui.recorder().find("csv.path")->state == "/home/ines/people.csv");
  c.props.csv = {};
  c.ui.frames();
  c.props.csv = {2, "Save rooms", "~/wardroom-rooms.csv", false, "", ""};
  c.ui.frames();
  CHECK(c.ui.recorder().find("csv.path")->state == "~/wardroom-rooms.csv");
}
