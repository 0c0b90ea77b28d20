#include "admin/model/settings.hpp"

#include <catch2/catch.hpp>

#include "admin/model/backups.hpp"
#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AdminBackupList;
using protocol::AdminBackupRehearse;
using protocol::AdminBackupRun;
using protocol::AdminSettingsList;
using protocol::AdminSettingsSet;
using protocol::BackupAct;
using protocol::Role;
using protocol::SettingTaken;

namespace {

struct SettingsPage : Driver {
  SettingsPage() {
    come_online(Role::admin);
    act(OpenPage{admin::Page::settings});
  }
  AdminSettingsList::Result list() const {
    AdminSettingsList::Result result;
    result.settings = {
        {"limits.messages_per_second",
         "Messages.",
         "a number",
         "5",
         "8",
         {},
         SettingTaken::at_reload,
         true,
         {},
         {}},
        {"limits.ping_seconds", "Silence.", "a number", "45", "45", {}, SettingTaken::at_start, true, {}, {}},
        {"backup.keep", "Newest.", "a number", "14", "14", {}, SettingTaken::when_used, false, {}, {}}};
    result.settings[0].changed_at = state.now - 1h;
    result.settings[0].changed_by = protocol::User{UserId{7}, "ines", "Ines Duarte", Role::admin};
    result.settings[1].changed_at = state.now - 1h;
    return result;
  }
};

struct BackupsPage : Driver {
  BackupsPage() {
    come_online(Role::admin);
    act(OpenPage{admin::Page::backups});
  }
  AdminBackupList::Result list() const {
    AdminBackupList::Result result;
    result.folder = "/var/backups/wardroom";
    result.keep = 14;
    result.days = 30;
    protocol::BackupFile whole;
    whole.name = "wardroom-2.db";
    whole.at = state.now - 2h;
    whole.bytes = 1'500'000;
    whole.checked_at = state.now - 2h;
    whole.kept_until = state.now + 700h;
    protocol::BackupFile sealed = whole;
    sealed.name = "wardroom-1.db.encrypted";
    sealed.encrypted = true;
    sealed.problem = "It has 3 bytes.";
    result.backups = {whole, sealed};
    return result;
  }
  protocol::BackupWork work() const { return {BackupAct::run, "wardroom-3.db", "ines", state.now, 2048}; }
};

}  // namespace

TEST_CASE("settings are shown with who changed them, and those that can't be changed from here say so") {
  SettingsPage page;
  REQUIRE(page.call<AdminSettingsList>());
  page.answer<AdminSettingsList>({}, page.list());
  CHECK(page.props().settings.summary == "3 settings, 1 isn't at its default");
  CHECK_FALSE(page.props().settings.card);
  page.act(SelectSetting{"limits.messages_per_second"});
  REQUIRE(page.props().settings.card);
  CHECK(page.props().settings.selected == std::size_t{0});
  CHECK(page.props().settings.card->changed.starts_with("Ines Duarte, "));
  CHECK(page.props().settings.card->counts == "A change takes effect at once.");
  page.act(SelectSetting{"limits.ping_seconds"});
  CHECK(page.props().settings.card->changed.starts_with("Somebody in the file"));
  CHECK(page.props().settings.card->counts.find("restarted") != std::string::npos);
  page.act(SelectSetting{"backup.keep"});
  CHECK_FALSE(page.props().settings.card->settable);
  CHECK(page.props().settings.card->changed == "Nobody, as far as the log goes");
}

TEST_CASE("a change is asked for once, and shown at once; what waits is said to wait") {
  SettingsPage page;
  page.answer<AdminSettingsList>({}, page.list());
  page.act(SelectSetting{"limits.ping_seconds"});
  page.act(ChangeSetting{"limits.ping_seconds", "40"});
  const auto asked = page.call<AdminSettingsSet>();
  REQUIRE(asked);
  REQUIRE(asked->changes.size() == 1);
  CHECK(asked->changes[0].name == "limits.ping_seconds");
  CHECK(asked->changes[0].value == "40");
  page.act(ChangeSetting{"limits.ping_seconds", "41"});
  CHECK_FALSE(page.call<AdminSettingsSet>());
  AdminSettingsSet::Result changed;
  changed.changed = {{"limits.ping_seconds", "45", "40", SettingTaken::at_start}};
  page.answer<AdminSettingsSet>(*asked, changed);
  CHECK(page.call<AdminSettingsList>());
  const auto& props = page.props().settings;
  CHECK(props.saved == 1);
  REQUIRE(props.card);
  CHECK(props.card->value == "40");
  CHECK(props.card->waits == "The file has 40, and 45 counts until the server is restarted.");
  CHECK(props.rows[1].waits);
  CHECK_FALSE(page.props().toasts.empty());
}

TEST_CASE("a refused change keeps its words until another setting is chosen") {
  SettingsPage page;
  page.answer<AdminSettingsList>({}, page.list());
  page.act(SelectSetting{"limits.ping_seconds"});
  page.act(ChangeSetting{"limits.ping_seconds", "0"});
  const auto asked = page.call<AdminSettingsSet>();
  REQUIRE(asked);
  page.answer<AdminSettingsSet>(*asked, params_error("params.changes[0].value", "It must be more."));
  CHECK(page.props().settings.form_error == "It must be more.");
  CHECK(page.props().settings.saved == 0);
  page.act(SelectSetting{"limits.messages_per_second"});
  CHECK(page.props().settings.form_error.empty());
}

TEST_CASE("backups are listed with what is known of each, and only what can be done is offered") {
  BackupsPage page;
  REQUIRE(page.call<AdminBackupList>());
  page.answer<AdminBackupList>({}, page.list());
  CHECK(page.props().backups.summary == "2 in /var/backups/wardroom");
  CHECK(page.props().backups.rows[0].size == "1.4 MiB");
  CHECK(page.props().backups.rows[0].verified.empty());
  page.act(SelectBackup{"wardroom-2.db"});
  REQUIRE(page.props().backups.card);
  CHECK(page.props().backups.card->can_rehearse);
  page.act(SelectBackup{"wardroom-1.db.encrypted"});
  CHECK_FALSE(page.props().backups.card->can_rehearse);
  CHECK(page.props().backups.card->problem == "It has 3 bytes.");
}

TEST_CASE("what was begun is watched until its end, and then nobody asks any more") {
  BackupsPage page;
  page.answer<AdminBackupList>({}, page.list());
  CHECK_FALSE(next_backups(page.state));
  page.act(RunBackup{});
  REQUIRE(page.call<AdminBackupRun>());
  CHECK(page.props().backups.busy);
  page.act(RunBackup{});
  CHECK_FALSE(page.call<AdminBackupRun>());
  page.answer<AdminBackupRun>({}, AdminBackupRun::Result{page.work()});
  CHECK(page.props().backups.busy);
  CHECK(page.props().backups.work.starts_with("A backup is being made for ines"));
  REQUIRE(page.call<AdminBackupList>());
  auto going_on = page.list();
  going_on.work = page.work();
  page.answer<AdminBackupList>({}, going_on);
  REQUIRE(next_tick(page.state));
  CHECK(*next_tick(page.state) <= page.state.now + 2s);
  page.tell(Tick{page.state.now + 2s});
  REQUIRE(page.call<AdminBackupList>());
  auto ended = page.list();
  ended.last = protocol::BackupOutcome{BackupAct::run, "wardroom-3.db", "ines",          page.state.now,
                                       page.state.now, false,           "No space left."};
  page.answer<AdminBackupList>({}, ended);
  CHECK_FALSE(page.props().backups.busy);
  CHECK(page.props().backups.last_failed);
  CHECK(page.props().backups.last.find("failed: No space left.") != std::string::npos);
  CHECK_FALSE(next_backups(page.state));
  page.act(RehearseBackup{"wardroom-2.db"});
  const auto rehearsal = page.call<AdminBackupRehearse>();
  REQUIRE(rehearsal);
  CHECK(rehearsal->name == "wardroom-2.db");
  page.answer<AdminBackupRehearse>(*rehearsal, conflict("backup_running", "Wait for its end."));
  CHECK_FALSE(page.props().toasts.empty());
  CHECK_FALSE(page.props().backups.busy);
}
