#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;

TEST_CASE("a setting is chosen, read about, changed, and put back to its default") {
  Console c{sample::settings_page()};
  CHECK(c.ui.recorder().shows("52 settings, 5 aren't at their defaults"));
  CHECK(c.ui.recorder().shows("Messages of one person, sustained, over all devices."));
  CHECK(c.ui.recorder().shows("Ines Duarte, yesterday 16:40"));
  CHECK(c.ui.recorder().find("setting.value")->state == "8");
  CHECK(c.ui.recorder().find("setting.save")->disabled);
  REQUIRE(c.ui.click("setting.default"));
  c.ui.frames();
  CHECK(c.ui.recorder().find("setting.value")->state == "5");
  REQUIRE(c.ui.click("setting.save"));
  REQUIRE(c.last<ChangeSetting>());
  CHECK(c.last<ChangeSetting>()->name == "limits.messages_per_second");
  CHECK(c.last<ChangeSetting>()->value == "5");
  REQUIRE(c.ui.click("settings.refresh"));
  CHECK(c.last<RefreshSettings>());
}

TEST_CASE("what was refused stays in the field with why, and what was changed leaves it") {
  Console c{sample::settings_page()};
  REQUIRE(c.ui.click("setting.value"));
  c.ui.type("0");
  c.props.settings.form_error = "limits.messages_per_second must be a whole number from 1 to 1000000.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("must be a whole number"));
  const std::string typed = c.ui.recorder().find("setting.value")->state;
  CHECK(typed != "8");
  c.props.settings.form_error.clear();
  c.props.settings.card->value = "12";
  c.ui.frames();
  CHECK(c.ui.recorder().find("setting.value")->state == typed);
  c.props.settings.saved = 1;
  c.ui.frames();
  CHECK(c.ui.recorder().find("setting.value")->state == "12");
}

TEST_CASE("what waits for a restart and what is wrong with the file are said; others can't be changed here") {
  Console c{sample::settings_waiting()};
  CHECK(c.ui.recorder().shows("20000 counts until the server is restarted"));
  CHECK(c.ui.recorder().shows("limits.ping_seconds must be a whole number"));
  c.props.settings.card->settable = false;
  c.props.settings.card->counts = "It is changed on the server's machine only: in wardroom.toml.";
  c.ui.frames();
  CHECK(c.ui.recorder().find("setting.save") == nullptr);
  CHECK(c.ui.recorder().shows("on the server's machine only"));
  c.props.settings.card.reset();
  c.props.settings.selected.reset();
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Choose a setting"));
}

TEST_CASE("a backup is made, verified, and its restore rehearsed") {
  Console c{sample::backups_page()};
  CHECK(c.ui.recorder().shows("14 in /var/backups/wardroom"));
  CHECK(c.ui.recorder().shows("Restored, fully checked and removed again"));
  REQUIRE(c.ui.click("backup.run"));
  CHECK(c.last<RunBackup>());
  REQUIRE(c.ui.click("backup.verify"));
  REQUIRE(c.last<VerifyBackup>());
  CHECK(c.last<VerifyBackup>()->name == "wardroom-2026-11-19T02-10-04Z.db");
  REQUIRE(c.ui.click("backup.rehearse"));
  REQUIRE(c.last<RehearseBackup>());
  CHECK(c.last<RehearseBackup>()->name == "wardroom-2026-11-19T02-10-04Z.db");
  REQUIRE(c.ui.click("backups.refresh"));
  CHECK(c.last<RefreshBackups>());
}

TEST_CASE(
    "while something goes on nothing else can be begun, and what is damaged or can't be opened is said") {
  Console c{sample::backups_working()};
  CHECK(c.ui.recorder().shows("is being verified for ines.duarte"));
  for (const auto* id : {"backup.run", "backup.verify", "backup.rehearse"})
    CHECK(c.ui.recorder().find(id)->disabled);
  CHECK(c.ui.recorder().shows("it was changed or cut off"));
  c.props.backups.busy = false;
  c.props.backups.card->problem.clear();
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("backup.verify")->disabled);
  CHECK(c.ui.recorder().find("backup.rehearse")->disabled);
  CHECK(c.ui.recorder().shows("its key isn't on the server"));
  c.props.backups = {};
  c.props.backups.error = "/var/backups/wardroom isn't there.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("isn't there"));
}
