#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::Role;

namespace {

struct Choosing : Driver {
  std::uint64_t asked = 0;
  Choosing() {
    come_online(Role::admin);
    act(AskForCsv{});
  }
  void browse(PathField field, const std::string& typed) {
    act(BrowsePath{field, typed});
    REQUIRE(effect<ChoosePath>());
    asked = effect<ChoosePath>()->asked;
  }
};

}  // namespace

TEST_CASE("the desktop's dialog is called as the list, and has the name that is typed") {
  Choosing c;
  c.browse(PathField::csv, "/srv/lists/people-november.csv");
  CHECK(c.effect<ChoosePath>()->title == "Save people");
  CHECK(c.effect<ChoosePath>()->name == "people-november.csv");
  CHECK(c.props().browse.asking == PathField::csv);
  c.act(BrowsePath{PathField::csv, ""});
  CHECK(c.effects.empty());
  c.tell(PathChosen{c.asked, "/home/ines/people.csv", false});
  CHECK_FALSE(c.props().browse.asking);
  CHECK(c.props().browse.chosen == 1);
  CHECK(c.props().browse.field == PathField::csv);
  CHECK(c.props().browse.path == "/home/ines/people.csv");
  // An empty field is no reason to have no name: without one, a file that is there would be asked for.
  c.browse(PathField::csv, "/srv/lists/");
  CHECK(c.effect<ChoosePath>()->name == "wardroom.csv");
}

TEST_CASE("a file to be imported has to be there, so its dialog gets no name") {
  Choosing c;
  c.act(OpenPage{Page::imports});
  c.browse(PathField::import_file, "/home/ines/old.csv");
  CHECK(c.effect<ChoosePath>()->name.empty());
  c.tell(PathChosen{c.asked, "/home/ines/new.csv", false});
  CHECK(c.props().browse.field == PathField::import_file);
  // It isn't tried before that is asked for.
  CHECK(c.effect<ReadFile>() == nullptr);
}

TEST_CASE(
    "nothing is chosen when the person closes the dialog, and a desktop without one is said to have none") {
  Choosing c;
  c.browse(PathField::csv, "a.csv");
  c.tell(PathChosen{c.asked, "", false});
  CHECK(c.props().browse.chosen == 0);
  CHECK_FALSE(c.props().browse.asking);
  CHECK_FALSE(c.props().browse.no_dialog);
  c.browse(PathField::csv, "a.csv");
  c.tell(PathChosen{c.asked, "", true});
  CHECK(c.props().browse.no_dialog);
  CHECK(c.props().browse.chosen == 0);
}

TEST_CASE(
    "the desktop's dialog closes with the one that it was opened from, and what it says comes too late") {
  Choosing c;
  c.browse(PathField::csv, "a.csv");
  c.act(CloseCsv{});
  CHECK(c.effect<StopChoosing>());
  CHECK_FALSE(c.props().browse.asking);
  c.act(AskForCsv{});
  const auto before = c.asked;
  c.browse(PathField::csv, "b.csv");
  c.tell(PathChosen{before, "/home/ines/a.csv", false});
  CHECK(c.props().browse.chosen == 0);
  CHECK(c.props().browse.asking == PathField::csv);
  c.act(SignOut{});
  CHECK(c.effect<StopChoosing>());
}

TEST_CASE("evidence and invites are saved where the dialog says") {
  Choosing c;
  c.act(AskForEvidence{""});
  c.browse(PathField::evidence, "");
  CHECK(c.effect<ChoosePath>()->name == "wardroom-evidence.zip");
  c.act(CloseEvidence{});
  CHECK(c.effect<StopChoosing>());
  c.act(OpenPage{Page::imports});
  c.browse(PathField::invite_sheet, "~/wardroom-invites-5.html");
  CHECK(c.effect<ChoosePath>()->name == "wardroom-invites-5.html");
  c.act(OpenPage{Page::people});
  CHECK(c.effect<StopChoosing>());
}
