#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

TEST_CASE("an announcement stands over the room with its whole text until it is read, and writing goes on") {
  WindowProps p = sample::main_window();
  p.announcement = sample::announcement();
  Client c{p};
  REQUIRE(c.ui.recorder().find("announcement"));
  CHECK(c.ui.recorder().find("announcement")->state == "news");
  CHECK(c.ui.recorder().shows("what you write then is sent when it is back"));
  REQUIRE(c.ui.click("composer.text"));
  c.ui.type("hello");
  CHECK(c.last<ChangeDraft>());
  REQUIRE(c.ui.click("announcement.read"));
  CHECK(c.last<AcknowledgeAnnouncement>());
  CHECK(c.ui.recorder().find("announcement.close") == nullptr);
  c.props.announcement.must_acknowledge = false;
  c.ui.frames();
  REQUIRE(c.ui.click("announcement.close"));
  CHECK(c.last<CloseAnnouncement>());
  c.props.announcement = {};
  c.ui.frames();
  CHECK(c.ui.recorder().find("announcement") == nullptr);
}
