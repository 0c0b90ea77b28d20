#include "admin/model/sorting.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AdminAnnounceStatus;
using protocol::AdminSessionList;
using protocol::Role;

namespace {

protocol::SessionInfo session_from(std::int64_t id, std::string person, std::string ip) {
  protocol::SessionInfo info;
  info.id = SessionId{id};
  info.user = {UserId{id}, person, person, Role::member};
  info.ip = std::move(ip);
  info.last_used_at = from_unix_ms(1000 - id);
  return info;
}

struct SessionsPage : Driver {
  SessionsPage() {
    come_online(Role::admin);
    act(OpenPage{Page::sessions});
    give({session_from(1, "Zoe", "10.0.0.10"), session_from(2, "amara", "10.0.0.9")}, true);
  }
  void sort(SessionsColumn column) { act(SortList{ListName::sessions, static_cast<std::size_t>(column)}); }
  void give(std::vector<protocol::SessionInfo> sessions, bool more) {
    REQUIRE(call<AdminSessionList>());
    answer<AdminSessionList>(AdminSessionList::Params(*call<AdminSessionList>()),
                             AdminSessionList::Result{std::move(sessions), more});
  }
  std::string shown() {
    std::string text;
    for (const auto& row : props().sessions.rows) text += std::to_string(row.id.value);
    return text;
  }
};

template <class Rows, class Name>
std::string names_of(const Rows& rows, Name name) {
  std::string text;
  for (const auto& row : rows) text += row.*name + " ";
  return text;
}

}  // namespace

TEST_CASE("sessions are sorted over all pages, never over the first alone") {
  SessionsPage p;
  CHECK(p.props().sessions.sort == ListSort{static_cast<std::size_t>(SessionsColumn::last_used), true});
  const auto list = p.props().sessions.list;
  p.sort(SessionsColumn::person);
  CHECK(p.call<AdminSessionList>()->limit == 200);
  p.give({session_from(1, "Zoe", "10.0.0.10"), session_from(2, "amara", "10.0.0.9")}, true);
  CHECK(p.shown() == "12");
  CHECK(p.props().sessions.sort.column == static_cast<std::size_t>(SessionsColumn::last_used));
  CHECK(p.props().sessions.summary == "Sorting: 2 so far");
  CHECK(p.call<AdminSessionList>()->after == SessionId{2});
  p.give({session_from(3, "Öztürk", "192.0.2.1")}, false);
  CHECK(p.shown() == "231");
  CHECK(p.props().sessions.sort == ListSort{static_cast<std::size_t>(SessionsColumn::person), false});
  CHECK(p.props().sessions.list != list);
  // All are here now: another order needs no question.
  p.sort(SessionsColumn::person);
  CHECK(p.call<AdminSessionList>() == nullptr);
  CHECK(p.shown() == "132");
  p.sort(SessionsColumn::from);
  CHECK(p.shown() == "213");
}

TEST_CASE("an order of the sessions that isn't to be had is given up, and what is shown stays") {
  SessionsPage p;
  p.sort(SessionsColumn::person);
  p.answer<AdminSessionList>(AdminSessionList::Params(*p.call<AdminSessionList>()),
                             unavailable("The server is busy."));
  CHECK(p.shown() == "12");
  CHECK(p.props().sessions.sort.column == static_cast<std::size_t>(SessionsColumn::last_used));
  CHECK(p.props().toasts.size() == 1);
  p.act(LoadMoreSessions{});
  p.give({session_from(3, "Öztürk", "192.0.2.1")}, false);
  CHECK(p.shown() == "123");
}

TEST_CASE("a refresh keeps the order, and shows nothing by halves") {
  SessionsPage p;
  p.sort(SessionsColumn::person);
  p.give({session_from(1, "Zoe", ""), session_from(2, "amara", "")}, false);
  CHECK(p.shown() == "21");
  p.act(RefreshSessions{});
  p.give({session_from(1, "Zoe", ""), session_from(2, "amara", "")}, true);
  CHECK(p.shown() == "21");
  p.give({session_from(4, "bea", "")}, false);
  CHECK(p.shown() == "241");
}

TEST_CASE("who hasn't acknowledged is sorted over all pages") {
  Driver d;
  d.come_online(Role::admin);
  d.act(OpenPage{Page::announce});
  const auto give = [&](std::vector<AdminAnnounceStatus::Entry> entries, bool more) {
    REQUIRE(d.call<AdminAnnounceStatus>());
    AdminAnnounceStatus::Result result;
    result.announcement = {AuditIndex{7}, "Fire drill", true, d.state.now, d.state.now + 24h};
    result.entries = std::move(entries);
    result.more = more;
    d.answer<AdminAnnounceStatus>(AdminAnnounceStatus::Params(*d.call<AdminAnnounceStatus>()), result);
  };
  const AdminAnnounceStatus::Entry zoe{{UserId{1}, "a.zoe", "Zoe", Role::member}, {}};
  const AdminAnnounceStatus::Entry amara{{UserId{2}, "b.amara", "Amara", Role::member}, {}};
  give({zoe}, true);
  d.act(SortList{ListName::acknowledgements, 0});
  give({zoe}, true);
  CHECK(names_of(d.props().announce.rows, &AcknowledgementRow::person_name) == "Zoe ");
  CHECK(d.call<AdminAnnounceStatus>()->after == "a.zoe");
  give({amara}, false);
  CHECK(names_of(d.props().announce.rows, &AcknowledgementRow::person_name) == "Amara Zoe ");
  CHECK(d.props().announce.sort == ListSort{0, false});
}

TEST_CASE("mutes and bans are sorted, and the one that is selected stays the one that is lifted") {
  Driver d;
  d.come_online(Role::moderator);
  d.act(ShowModeration{ModerationTab::sanctions});
  protocol::Sanction first, second;
  first.user = {UserId{1}, "zoe", "Zoe", Role::member};
  second.user = {UserId{2}, "amara", "Amara", Role::member};
  second.until = d.state.now + 24h;
  d.answer<protocol::ModerationSanctions>({}, protocol::ModerationSanctions::Result{{first, second}});
  const auto people = [&] { return names_of(d.props().moderation.sanctions, &SanctionRow::person); };
  CHECK(people() == "Zoe Amara ");
  CHECK(d.props().moderation.sort.column == kNoColumn);
  d.act(SelectSanction{0});
  d.act(SortList{ListName::sanctions, static_cast<std::size_t>(SanctionsColumn::person)});
  CHECK(people() == "Amara Zoe ");
  CHECK(d.props().moderation.sanction == 1);
  CHECK(d.props().moderation.sanctions[1].at == 0);
  d.act(LiftSelectedSanction{});
  CHECK(d.props().reason_dialog.title.find("Zoe") != std::string::npos);
  // What never ends is later than what does.
  d.act(SortList{ListName::sanctions, static_cast<std::size_t>(SanctionsColumn::until)});
  CHECK(people() == "Amara Zoe ");
  d.act(SortList{ListName::sanctions, static_cast<std::size_t>(SanctionsColumn::until)});
  CHECK(people() == "Zoe Amara ");
}

TEST_CASE("a list of mutes and bans that the server cut says so") {
  Driver d;
  d.come_online(Role::moderator);
  d.act(ShowModeration{ModerationTab::sanctions});
  protocol::ModerationSanctions::Result many;
  many.sanctions.resize(1000);
  d.answer<protocol::ModerationSanctions>({}, many);
  CHECK(d.props().moderation.summary == "The newest 1,000 are listed, and there may be more");
}

TEST_CASE("rules and holds are sorted, and what is selected is still the same") {
  Driver d;
  d.come_online(Role::admin);
  d.act(OpenPage{Page::retention});
  protocol::RetentionRule of_public;
  of_public.kind = protocol::RoomKind::public_;
  of_public.days = 365;
  d.answer<protocol::AdminRetentionGet>({}, protocol::AdminRetentionGet::Result{{of_public}});
  d.act(SelectRule{0});
  d.act(SortList{ListName::rules, static_cast<std::size_t>(RulesColumn::where)});
  CHECK(names_of(d.props().retention.rules, &RuleRow::where) ==
        "All direct rooms All private rooms All public rooms ");
  CHECK(d.props().retention.rule == 2);
  CHECK(d.props().retention.rules[2].at == 0);
  d.act(AskForRule{false});
  CHECK(d.props().retention.rule_where == "All public rooms");
  protocol::Hold older, newer;
  older.name = "A";
  newer.name = "B";
  newer.at = d.state.now;
  d.answer<protocol::AdminHoldList>({}, protocol::AdminHoldList::Result{{newer, older}});
  CHECK(d.props().retention.hold_sort == ListSort{static_cast<std::size_t>(HoldsColumn::since), true});
  d.act(SortList{ListName::holds, static_cast<std::size_t>(HoldsColumn::since)});
  CHECK(names_of(d.props().retention.holds, &HoldRow::name) == "A B ");
}

TEST_CASE("backups, settings and imports are sorted by what a column means, not by its words") {
  Driver d;
  d.come_online(Role::admin);
  d.act(OpenPage{Page::backups});
  protocol::BackupFile small, large;
  small.name = "small";
  small.bytes = 900;
  large.name = "large";
  large.bytes = 1'500'000;
  d.answer<protocol::AdminBackupList>({},
                                      protocol::AdminBackupList::Result{"/b", 1, 1, false, {large, small}});
  d.act(SelectBackup{"large"});
  d.act(SortList{ListName::backups, static_cast<std::size_t>(BackupsColumn::size)});
  CHECK(names_of(d.props().backups.rows, &BackupRow::name) == "small large ");
  CHECK(d.props().backups.selected == 1);
  d.act(OpenPage{Page::settings});
  protocol::AdminSettingsList::Result settings;
  settings.settings.resize(3);
  settings.settings[0].value = "ten";
  settings.settings[1].value = "45";
  settings.settings[2].value = "8";
  d.answer<protocol::AdminSettingsList>({}, settings);
  d.act(SortList{ListName::settings, static_cast<std::size_t>(SettingsColumn::value)});
  CHECK(names_of(d.props().settings.rows, &SettingRow::value) == "8 45 ten ");
  d.act(OpenPage{Page::imports});
  protocol::AdminUserImportList::Result imports;
  imports.imports.resize(2);
  imports.imports[0].accounts = 1200;
  imports.imports[1].accounts = 9;
  d.answer<protocol::AdminUserImportList>({}, imports);
  d.act(SortList{ListName::imports, static_cast<std::size_t>(ImportsColumn::people)});
  CHECK(names_of(d.props().imports.earlier, &ImportRow::people) == "9 1,200 ");
}

TEST_CASE("the first errors of many aren't put in another order") {
  Driver d;
  d.come_online(Role::admin);
  d.state.imports.stage = ImportStage::tried;
  d.state.imports.tried.errors.resize(2);
  d.state.imports.tried.errors[0].line = 1200;
  d.state.imports.tried.errors[1].line = 9;
  d.state.imports.tried.errors_total = 5;
  d.act(OpenPage{Page::imports});
  d.act(SortList{ListName::import_errors, 0});
  CHECK_FALSE(d.props().imports.error_sort);
  CHECK(names_of(d.props().imports.errors, &ImportErrorRow::line) == "1,200 9 ");
  d.state.imports.tried.errors_total = 2;
  d.state.count_change();
  CHECK(d.props().imports.error_sort);
  CHECK(names_of(d.props().imports.errors, &ImportErrorRow::line) == "9 1,200 ");
}

TEST_CASE("addresses stand by their numbers, and what is none behind them") {
  CHECK(address_key("10.0.0.9").number < address_key("10.0.0.10").number);
  CHECK(address_key("10.0.0.9").text.empty());
  for (const char* none : {"", "2001:db8::1", "10.0.0", "10.0.0.1.2", "10.0.0.256", "10.0.0.", "10..0.1"})
    CHECK(address_key(none).text == none);
}
