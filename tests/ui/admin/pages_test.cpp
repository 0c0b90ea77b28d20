#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Key;

TEST_CASE("the side bar holds the pages of the person, and how many reports wait") {
  Console c{sample::people_page()};
  CHECK(c.ui.recorder().find("page:2")->state == "2");
  REQUIRE(c.ui.click("page:3"));
  CHECK(c.last<OpenPage>()->page == Page::sessions);
  c.props.pages = {Page::moderation, Page::rooms};
  c.ui.frames();
  CHECK(c.ui.recorder().find("page:0") == nullptr);
  CHECK(c.ui.recorder().find("page:3") == nullptr);
}

TEST_CASE("a person's devices are signed out one by one, but this console isn't") {
  ConsoleProps p = sample::people_page();
  p.people.details.devices[1].current = true;
  Console c{std::move(p)};
  CHECK(c.ui.recorder().find("person.end_session:72") == nullptr);
  REQUIRE(c.ui.click("person.end_session:71"));
  CHECK(std::get<EndSession>(c.last<AskReason>()->act).session == SessionId{71});
  REQUIRE(c.ui.click("person.sessions"));
  CHECK(c.last<ShowSessionsOf>()->person == UserId{4});
}

TEST_CASE("a person is edited with the fields as they are") {
  Console c{sample::people_page()};
  REQUIRE(c.ui.click("person.edit"));
  CHECK(c.last<ShowPeopleDialog>()->dialog == PeopleDialog::edit);
  c.props.people.dialog = PeopleDialog::edit;
  c.ui.frames();
  CHECK(c.ui.recorder().find("edit.display_name")->state == "Jonas Berg");
  REQUIRE(c.ui.click("edit.email"));
  c.ui.key(Key::end);
  c.ui.type("x");
  REQUIRE(c.ui.click("edit.confirm"));
  REQUIRE(c.last<EditPerson>());
  CHECK(c.last<EditPerson>()->display_name == "Jonas Berg");
  CHECK(c.last<EditPerson>()->email == "jonas.berg@office.examplex");
}

TEST_CASE("the reset code is copied, but stands in no record of the frame") {
  ConsoleProps p = sample::people_page();
  p.people.dialog = PeopleDialog::reset_code;
  Console c{p};
  CHECK(c.ui.snapshot().find(p.people.reset_code) == std::string::npos);
  REQUIRE(c.ui.click("reset.copy_code"));
  CHECK(c.ui.clipboard() == p.people.reset_code);
  REQUIRE(c.ui.click("reset.confirm"));
  CHECK(c.ui.clipboard() == p.people.invite_link);
}

TEST_CASE("a leaver's account is shut only with a successor for the rooms and a reason") {
  Console c{sample::leaver_dialog()};
  CHECK(c.ui.recorder().shows("Signed out of 3 devices"));
  CHECK(c.ui.recorder().shows("# release-7, # docs"));
  REQUIRE(c.ui.click("leaver.reason"));
  c.ui.type("last day");
  c.ui.click("leaver.confirm");
  CHECK(c.last<SayGoodbye>() == nullptr);
  REQUIRE(c.ui.click("leaver.successor"));
  c.ui.type("am");
  CHECK(c.last<FindSuccessor>()->query == "am");
  REQUIRE(c.ui.click("leaver.candidate:2"));
  CHECK(c.last<ChooseSuccessor>()->person == UserId{2});
  c.props.people.leaver.needs_successor = false;
  c.props.people.leaver.successor = UserId{2};
  c.props.people.leaver.successor_name = "Amara Osei";
  c.props.people.leaver.candidates.clear();
  c.ui.frames();
  REQUIRE(c.ui.click("leaver.confirm"));
  REQUIRE(c.last<SayGoodbye>());
  CHECK(c.last<SayGoodbye>()->reason == "last day");
}

TEST_CASE("a report shows what was written, and every act on it asks first") {
  Console c{sample::moderation_page()};
  CHECK(c.ui.recorder().shows("That was Harbour Freight Ltd."));
  CHECK(c.ui.recorder().shows("Build 7.0.3 is on the test machines."));
  CHECK(c.ui.recorder().shows("Who asked for the change"));
  REQUIRE(c.ui.click("report:8"));
  CHECK(c.last<SelectReport>()->report == ReportId{8});
  REQUIRE(c.ui.click("report.delete"));
  CHECK(std::get<DeleteMessage>(c.last<AskReason>()->act).report == ReportId{9});
  REQUIRE(c.ui.click("report.ban"));
  CHECK(std::get<BanPerson>(c.last<AskReason>()->act).report == ReportId{9});
  REQUIRE(c.ui.click("report.resolve"));
  CHECK(std::get<ResolveReport>(c.last<AskReason>()->act).report == ReportId{9});
  REQUIRE(c.ui.click("moderation.tab:2"));
  CHECK(c.last<ShowModeration>()->tab == ModerationTab::sanctions);
}

TEST_CASE("in a direct room nobody is muted or banned, and an auditor only reads") {
  ConsoleProps p = sample::moderation_page();
  p.moderation.details.direct = true;
  Console direct{p};
  for (const char* id : {"report.delete", "report.mute", "report.kick", "report.ban"})
    CHECK(direct.ui.recorder().find(id)->disabled);
  CHECK_FALSE(direct.ui.recorder().find("report.resolve")->disabled);
  p.moderation.may_act = false;
  Console auditor{p};
  CHECK(auditor.ui.recorder().find("report.resolve") == nullptr);
  CHECK(auditor.ui.recorder().find("moderation.tab:2") == nullptr);
  CHECK(auditor.ui.recorder().shows("That was Harbour Freight Ltd."));
}

TEST_CASE("a mute that holds is lifted from the list") {
  Console c{sample::sanctions_page()};
  REQUIRE(c.ui.click("sanction.table.row:2"));
  CHECK(c.last<SelectSanction>()->index == 2);
  REQUIRE(c.ui.click("sanction.lift"));
  CHECK(c.last<LiftSelectedSanction>());
}

TEST_CASE("a choice of the dialog is sent with the reason") {
  ConsoleProps p = sample::reason_dialog();
  p.reason_dialog.danger = false;
  p.reason_dialog.choice_label = "For how long";
  p.reason_dialog.choices = {"10 minutes", "1 hour", "1 day"};
  p.reason_dialog.choice = 1;
  Console c{std::move(p)};
  c.ui.type("insults");
  c.ui.key(Key::enter);
  REQUIRE(c.last<GiveReason>());
  CHECK(c.last<GiveReason>()->choice == 1);
  REQUIRE(c.ui.click("reason.choice"));
  REQUIRE(c.ui.click("reason.choice.choice:2"));
  REQUIRE(c.ui.click("reason.confirm"));
  CHECK(c.last<GiveReason>()->choice == 2);
  c.props.reason_dialog.serial = 2;
  c.ui.frames();
  CHECK(c.ui.recorder().find("reason.text")->state.empty());
}

TEST_CASE("a file is tried by its path, and its errors are listed by line and column") {
  Console c{sample::import_page()};
  REQUIRE(c.ui.click("import.path"));
  c.ui.type("/home/ines/people.csv");
  REQUIRE(c.ui.click("import.read"));
  REQUIRE(c.last<ChooseImportFile>());
  CHECK(c.last<ChooseImportFile>()->path == "/home/ines/people.csv");
  Console tried{sample::import_errors_page()};
  CHECK(tried.ui.recorder().shows("4 errors"));
  CHECK(tried.ui.recorder().shows("58: There is no room #relaese-7"));
  CHECK(tried.ui.recorder().find("import.all") == nullptr);
  REQUIRE(tried.ui.click("import.good"));
  CHECK(tried.last<StartImport>()->skip_errors);
}

TEST_CASE("the sheet is saved where it is wanted, and the import is undone from its row") {
  Console c{sample::import_done_page()};
  CHECK(c.ui.recorder().shows("Saved: /home/ines/Documents/people-november-invites.html"));
  REQUIRE(c.ui.click("import.sheet"));
  CHECK(c.last<SaveSheet>()->path == "/home/ines/Documents/people-november-invites.html");
  REQUIRE(c.ui.click("import.undo"));
  CHECK(std::get<UndoImport>(c.last<AskReason>()->act).import == ImportId{5});
  REQUIRE(c.ui.click("import.earlier.row:1"));
  CHECK(c.last<SelectImport>()->import == ImportId{4});
}

TEST_CASE("sessions are found by a person's name and ended with a reason") {
  Console c{sample::sessions_page()};
  REQUIRE(c.ui.click("sessions.person"));
  c.ui.type("jonas.berg");
  c.ui.key(Key::enter);
  CHECK(c.last<FindSessionsOf>()->name == "jonas.berg");
  REQUIRE(c.ui.click("session.only_this_person"));
  CHECK(c.last<ShowSessionsOf>()->person == UserId{4});
  REQUIRE(c.ui.click("session.end"));
  CHECK(std::get<EndSession>(c.last<AskReason>()->act).session == SessionId{71});
  REQUIRE(c.ui.click("session.end_all"));
  CHECK(std::get<EndAllSessions>(c.last<AskReason>()->act).person == UserId{4});
  c.props.sessions.selected = SessionId{1};
  c.ui.frames();
  CHECK(c.ui.recorder().find("session.end")->disabled);
}

TEST_CASE("a locked room is unlocked, and one of which nothing is known is offered both ways") {
  Console c{sample::rooms_page()};
  CHECK(c.ui.recorder().find("room.lock") == nullptr);
  REQUIRE(c.ui.click("room.unlock"));
  CHECK_FALSE(std::get<LockRoom>(c.last<AskReason>()->act).on);
  c.props.rooms.details.state_known = false;
  c.props.rooms.details.locked = false;
  c.ui.frames();
  CHECK(c.ui.recorder().find("room.lock"));
  CHECK(c.ui.recorder().find("room.unlock"));
  c.props.rooms.details = {};
  c.props.rooms.details.members_error = "Only those who are in a room see who else is.";
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Only those who are in a room"));
}

TEST_CASE("the code of the second factor is asked for beside name and password") {
  ConsoleProps p;
  p.sign_in.step = SignInStep::sign_in;
  p.sign_in.name = "ines";
  Console c{p};
  c.ui.type("correct horse");
  CHECK(c.ui.recorder().find("signin.code") == nullptr);
  c.props.sign_in.needs_code = true;
  c.ui.frames();
  c.ui.type("123456");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SignIn>());
  CHECK(c.last<SignIn>()->password.reveal() == "correct horse");
  CHECK(c.last<SignIn>()->code.reveal() == "123456");
}

TEST_CASE("a new password is typed twice alike before it is sent") {
  ConsoleProps p;
  p.sign_in.step = SignInStep::new_password;
  Console c{p};
  c.ui.type("old horse");
  c.ui.key(Key::tab);
  c.ui.type("new horse battery");
  c.ui.key(Key::tab);
  c.ui.type("new horse");
  c.ui.click("signin.continue");
  CHECK(c.last<ChooseNewPassword>() == nullptr);
  c.ui.click("signin.repeat");
  c.ui.key(Key::end);
  c.ui.type(" battery");
  REQUIRE(c.ui.click("signin.continue"));
  REQUIRE(c.last<ChooseNewPassword>());
  CHECK(c.last<ChooseNewPassword>()->wanted.reveal() == "new horse battery");
}
