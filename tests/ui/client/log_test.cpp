#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

TEST_CASE("an alarm of the log is over the room, and writing goes on below it") {
  WindowProps p = sample::main_window();
  p.log_alarm = sample::log_alarm();
  Client c{p};
  REQUIRE(c.ui.recorder().find("log.alarm"));
  CHECK(c.ui.recorder().find("log.alarm")->state == "alarm");
  CHECK(c.ui.recorder().shows("has lost records"));
  REQUIRE(c.ui.click("composer.text"));
  c.ui.type("hello");
  CHECK(c.last<ChangeDraft>());
  REQUIRE(c.ui.click("log.details"));
  CHECK(c.did(desk::WatchAct::open));
  REQUIRE(c.ui.click("log.hide"));
  CHECK(c.did(desk::WatchAct::hide));
}

TEST_CASE("the details show both heads, and end the alarm only when asked twice") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::watch;
  p.watch = sample::watch_alarm();
  Client c{p};
  CHECK(c.ui.recorder().shows("Length: 128,402 records"));
  CHECK(c.ui.recorder().shows("Length: 127,911 records"));
  CHECK(c.ui.recorder().shows("Checksum: H6NA-DPDX-4JGR-BTAV-7C2K-WQ5M"));
  CHECK(c.ui.recorder().find("watch.copy"));
  REQUIRE(c.ui.click("watch.settle"));
  CHECK_FALSE(c.last<desk::SettleAlarm>());
  REQUIRE(c.ui.click("watch.cancel"));
  CHECK_FALSE(c.last<desk::SettleAlarm>());
  REQUIRE(c.ui.click("watch.settle"));
  CHECK(c.ui.recorder().find("watch.reason")->focused);
  CHECK(c.ui.recorder().find("watch.confirm")->disabled);
  c.ui.click("watch.confirm");
  CHECK_FALSE(c.last<desk::SettleAlarm>());
  REQUIRE(c.ui.click("watch.reason"));
  c.ui.type("a backup was restored");
  // What can't be taken back wants its button pressed.
  c.ui.key(ui::Key::enter);
  CHECK_FALSE(c.last<desk::SettleAlarm>());
  REQUIRE(c.ui.click("watch.confirm"));
  REQUIRE(c.last<desk::SettleAlarm>());
  CHECK(c.last<desk::SettleAlarm>()->reason == "a backup was restored");
  // It didn't end yet: what was typed is still there.
  CHECK(c.ui.recorder().find("watch.reason")->state == "a backup was restored");
}

TEST_CASE("an erased text says that it was erased") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::versions;
  p.versions = sample::versions();
  p.versions.rows[0].text.clear();
  p.versions.rows[0].erased = true;
  Client c{p};
  CHECK(c.ui.recorder().shows("The text was erased"));
}
