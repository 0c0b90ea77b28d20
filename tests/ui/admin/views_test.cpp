#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Key;

TEST_CASE("a person is chosen from the table, and disabled only with a reason") {
  Console c{sample::people_page()};
  REQUIRE(c.ui.click("people.table.row:1"));
  REQUIRE(c.last<SelectPerson>());
  CHECK(c.last<SelectPerson>()->person == UserId{2});
  REQUIRE(c.ui.click("person.disable"));
  REQUIRE(c.last<AskReason>());
  CHECK(std::get<DisablePerson>(c.last<AskReason>()->act).person == UserId{4});
  c.props = sample::reason_dialog();
  c.ui.frames();
  CHECK(c.ui.recorder().shows("signed out of 3 devices"));
  c.ui.click("reason.confirm");
  CHECK(c.last<GiveReason>() == nullptr);
  c.ui.click("reason.text");
  c.ui.type("left the company");
  // Enter alone does nothing dangerous.
  c.ui.key(Key::enter);
  CHECK(c.last<GiveReason>() == nullptr);
  REQUIRE(c.ui.click("reason.confirm"));
  REQUIRE(c.last<GiveReason>());
  CHECK(c.last<GiveReason>()->reason == "left the company");
}

TEST_CASE("after a refusal the keyboard is where it was: at the sign-in, and where a reason is asked for") {
  ConsoleProps p;
  p.screen = Screen::sign_in;
  p.sign_in.step = SignInStep::sign_in;
  p.sign_in.name = "ines";
  Console c{p};
  c.ui.type("wrong");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SignIn>());
  c.props.sign_in.busy = true;
  c.ui.frames(10);
  c.props.sign_in.busy = false;
  c.props.sign_in.error = "That isn't right.";
  c.props.sign_in.error_field = SignInField::password;
  c.ui.frames();
  CHECK(c.ui.recorder().find("signin.password")->focused);

  Console reason{sample::reason_dialog()};
  reason.ui.key(Key::enter);
  CHECK(reason.ui.recorder().find("reason.text")->focused);
  reason.ui.type("left");
  CHECK(reason.ui.recorder().find("reason.text")->state == "left");
}

TEST_CASE("nobody can disable themselves, and an auditor changes nothing") {
  ConsoleProps p = sample::people_page();
  p.people.selected = UserId{1};
  Console self{p};
  CHECK(self.ui.recorder().find("person.disable")->disabled);
  p.people.may_change = false;
  Console auditor{p};
  for (const char* id : {"people.add", "people.invite", "people.import", "person.disable", "person.role",
                         "person.reset_password", "person.leaver", "person.end_session:71"}) {
    CHECK(auditor.ui.recorder().find(id) == nullptr);
  }
}

TEST_CASE("a person is added with name, role and no password") {
  ConsoleProps p = sample::people_page();
  p.people.dialog = PeopleDialog::add;
  Console c{p};
  c.ui.type("wei.chen");
  c.ui.key(Key::tab);
  c.ui.type("Wei Chen");
  REQUIRE(c.ui.click("add.role"));
  REQUIRE(c.ui.click("add.role.choice:1"));
  REQUIRE(c.ui.click("add.confirm"));
  REQUIRE(c.last<AddPerson>());
  CHECK(c.last<AddPerson>()->name == "wei.chen");
  CHECK(c.last<AddPerson>()->display_name == "Wei Chen");
  CHECK(c.last<AddPerson>()->role == RoleChoice::moderator);
  for (const ui::Item& item : c.ui.recorder().items())
    CHECK((!item.id.starts_with("add.") || item.id.find("password") == std::string::npos));
}

TEST_CASE("an invite link is copied, but isn't in the record of the frame") {
  ConsoleProps p = sample::people_page();
  p.people.dialog = PeopleDialog::invite_link;
  Console c{p};
  CHECK(c.ui.snapshot().find(p.people.invite_link) == std::string::npos);
  REQUIRE(c.ui.click("invite.confirm"));
  CHECK(c.ui.clipboard() == p.people.invite_link);
}

TEST_CASE("the table holds fifty thousand people, draws those in sight, and asks for more near the end") {
  ConsoleProps p = sample::people_page();
  const PersonRow one = p.people.rows[1];
  p.people.rows.assign(50000, one);
  for (std::size_t i = 0; i < p.people.rows.size(); ++i)
    p.people.rows[i].id = UserId{static_cast<std::int64_t>(i + 1)};
  p.people.more = true;
  Console c{std::move(p)};
  std::size_t drawn = 0;
  for (const ui::Item& item : c.ui.recorder().items()) drawn += item.kind == ui::ItemKind::table_row ? 1 : 0;
  CHECK(drawn > 5);
  CHECK(drawn < 60);
  CHECK(c.last<LoadMorePeople>() == nullptr);
  c.props.people.rows.resize(20);
  c.ui.frames();
  CHECK(c.last<LoadMorePeople>());
}

TEST_CASE("the people's filters are asked for as they change") {
  Console c{sample::people_page()};
  REQUIRE(c.ui.click("people.query"));
  c.ui.type("b");
  REQUIRE(c.last<FilterPeople>());
  CHECK(c.last<FilterPeople>()->filter.query == "b");
  REQUIRE(c.ui.click("people.role"));
  REQUIRE(c.ui.click("people.role.choice:4"));
  CHECK(c.last<FilterPeople>()->filter.role == 4);
}

TEST_CASE("the log is filtered, and a record shows what it changed") {
  Console c{sample::audit_page()};
  CHECK(c.ui.recorder().shows("wrong room: names a customer"));
  CHECK(c.ui.recorder().shows("was  posted"));
  CHECK(c.ui.recorder().shows("is  deleted"));
  CHECK(c.ui.recorder().shows("128,371 message.deleted, verified"));
  REQUIRE(c.ui.click("audit.table.row:2"));
  REQUIRE(c.last<SelectRecord>());
  CHECK(c.last<SelectRecord>()->index == AuditIndex{128340});
  REQUIRE(c.ui.click("audit.what"));
  REQUIRE(c.ui.click("audit.what.choice:1"));
  CHECK(c.last<FilterAudit>()->filter.what == 1);
  REQUIRE(c.ui.click("audit.words"));
  c.ui.type("customer");
  c.ui.key(Key::enter);
  CHECK(c.last<FilterAudit>()->filter.words == "customer");
  REQUIRE(c.ui.click("audit.by_actor"));
  CHECK(c.last<FilterAudit>()->filter.who == "lena.moreau");
}

TEST_CASE("the console says of each record whether its bytes stand in the log") {
  Console good{sample::audit_page()};
  CHECK(good.ui.recorder().find("audit.verdict")->label.starts_with("Verified"));
  Console bad{sample::audit_alarm()};
  CHECK(bad.ui.recorder().shows("don't stand in the log"));
  CHECK(bad.ui.recorder().shows("128,371 message.deleted, not in the log"));
}

TEST_CASE("an alarm of the log stands over every page, and the details ask before they end it") {
  Console c{sample::audit_alarm()};
  for (const Page page : {Page::people, Page::moderation, Page::retention}) {
    c.props.page = page;
    c.ui.frames();
    REQUIRE(c.ui.recorder().find("log.alarm"));
    CHECK(c.ui.recorder().find("log.alarm")->state == "alarm");
  }
  REQUIRE(c.ui.click("log.details"));
  CHECK(c.did(desk::WatchAct::open));
  REQUIRE(c.ui.click("log.hide"));
  CHECK(c.did(desk::WatchAct::hide));
  Console details{sample::watch_dialog()};
  CHECK(details.ui.recorder().shows("Length: 127,911 records"));
  REQUIRE(details.ui.click("watch.settle"));
  CHECK(details.ui.recorder().find("watch.confirm")->disabled);
  details.ui.type("a backup was restored");
  REQUIRE(details.ui.click("watch.confirm"));
  REQUIRE(details.last<desk::SettleAlarm>());
  CHECK(details.last<desk::SettleAlarm>()->reason == "a backup was restored");
}

TEST_CASE("from a record to the person, the room, and the evidence") {
  Console c{sample::audit_page()};
  REQUIRE(c.ui.click("audit.open_person"));
  CHECK(c.last<OpenPerson>()->person == UserId{9});
  REQUIRE(c.ui.click("audit.open_room"));
  CHECK(c.last<OpenRoom>()->room == RoomId{12});
  REQUIRE(c.ui.click("audit.evidence"));
  CHECK(c.last<AskForEvidence>());
  REQUIRE(c.ui.click("audit.room"));
  c.ui.type("release-7");
  c.ui.key(Key::enter);
  CHECK(c.last<FilterAudit>()->filter.room == "release-7");
}

TEST_CASE("rules and holds are changed in dialogs that want a reason") {
  Console c{sample::rule_dialog()};
  CHECK(c.ui.recorder().find("rule.confirm")->disabled);
  REQUIRE(c.ui.click("rule.reason"));
  c.ui.type("policy");
  REQUIRE(c.ui.click("rule.confirm"));
  REQUIRE(c.last<SetRule>());
  CHECK(c.last<SetRule>()->form.keep == 3);
  CHECK(c.last<SetRule>()->form.reason == "policy");
  Console holds{sample::holds_page()};
  REQUIRE(holds.ui.click("hold.lift"));
  CHECK(holds.last<LiftSelectedHold>());
  REQUIRE(holds.ui.click("hold.table.row:1"));
  CHECK(holds.last<SelectHold>()->index == 1);
  Console pruning{sample::pruning_page()};
  REQUIRE(pruning.ui.click("prune.do"));
  CHECK(pruning.last<PruneCounted>());
}

TEST_CASE("texts are erased only when the person's name was typed") {
  Console c{sample::erase_dialog()};
  REQUIRE(c.ui.click("erase.reason"));
  c.ui.type("article 17");
  CHECK(c.ui.recorder().find("erase.confirm")->disabled);
  REQUIRE(c.ui.click("erase.name"));
  for (const auto& row : c.props.people.rows)
    if (row.id == c.props.people.selected) c.ui.type(row.name);
  REQUIRE(c.ui.click("erase.confirm"));
  CHECK(c.last<EraseTexts>()->reason == "article 17");
}

TEST_CASE("evidence says how far it is, and then where it is") {
  Console busy{sample::evidence_dialog()};
  CHECK(busy.ui.recorder().shows("48,000 of 128,402 records"));
  CHECK(busy.ui.recorder().find("evidence.confirm")->disabled);
  Console done{sample::evidence_done()};
  CHECK(done.ui.recorder().shows("/home/ines/case-17.zip"));
  REQUIRE(done.ui.click("evidence.confirm"));
  CHECK(done.last<CloseEvidence>());
}

TEST_CASE("an auditor has no way to the People page") {
  ConsoleProps p = sample::audit_page();
  p.pages = {Page::audit, Page::moderation};
  Console c{p};
  CHECK(c.ui.recorder().find("page:0") == nullptr);
  CHECK(c.ui.recorder().find("page:1") != nullptr);
}

TEST_CASE("Down and Up walk through the records") {
  Console c{sample::audit_page()};
  REQUIRE(c.ui.click("audit.table.row:1"));
  c.ui.key(Key::down);
  CHECK(c.last<SelectRecord>()->index == AuditIndex{128340});
}

TEST_CASE("an empty log and an error say so in words") {
  ConsoleProps p = sample::audit_page();
  p.audit.rows.clear();
  p.audit.has_selection = false;
  Console empty{p};
  CHECK(empty.ui.recorder().shows("No matching records"));
  p.audit.error = "You may not read the audit log.";
  Console refused{p};
  CHECK(refused.ui.recorder().shows("You may not read the audit log."));
}

TEST_CASE("signing in sends name and password and keeps neither when it has worked") {
  ConsoleProps p;
  p.sign_in.step = SignInStep::sign_in;
  p.sign_in.server = "office.example:7443";
  Console c{p};
  c.ui.type("ines");
  c.ui.key(Key::tab);
  c.ui.type("correct horse");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SignIn>());
  CHECK(c.last<SignIn>()->password.reveal() == "correct horse");
  c.props = sample::people_page();
  c.ui.frames();
  CHECK(c.state.sign_in.password.empty());
}
