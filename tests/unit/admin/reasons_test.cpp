#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminSessionList;
using protocol::Role;

namespace {

protocol::SessionInfo session(std::int64_t id, std::int64_t user) {
  protocol::SessionInfo info;
  info.id = SessionId{id};
  info.user = {UserId{user}, "jonas", "Jonas Berg", Role::member};
  info.device = "Jonas's laptop";
  return info;
}

struct Reasons : Driver {
  Reasons() {
    come_online(Role::admin);
    auto jonas = account(2, "jonas");
    jonas.display_name = "Jonas Berg";
    answer<protocol::AdminUserList>(protocol::AdminUserList::Params(*list_call()),
                                    protocol::AdminUserList::Result{{account(1, "ines"), jonas}, false, 2});
    act(SelectPerson{UserId{2}});
    REQUIRE(call<AdminSessionList>());
    answer<AdminSessionList>(AdminSessionList::Params(*call<AdminSessionList>()),
                             AdminSessionList::Result{{session(7, 2), session(8, 2)}, false});
  }
};

}  // namespace

TEST_CASE("an action says in numbers what will happen, and sends nothing before it is confirmed") {
  Reasons m;
  m.act(AskReason{DisablePerson{UserId{2}}});
  CHECK(m.effects.empty());
  CHECK(m.props().reason_dialog.serial != 0);
  CHECK(m.props().reason_dialog.consequence.find("2 devices") != std::string::npos);
  m.act(GiveReason{"left the company", 0});
  REQUIRE(m.call<protocol::AdminUserDisable>());
  CHECK(m.call<protocol::AdminUserDisable>()->user == UserId{2});
  CHECK(m.call<protocol::AdminUserDisable>()->reason == "left the company");
  CHECK(m.props().reason_dialog.busy);
  m.act(GiveReason{"left the company", 0});
  CHECK(m.effects.empty());
}

TEST_CASE("a refused action keeps its dialog and says why; another one begins with empty fields") {
  Reasons m;
  m.act(AskReason{DisablePerson{UserId{2}}});
  const auto first = m.props().reason_dialog.serial;
  m.act(GiveReason{"left", 0});
  m.answer<protocol::AdminUserDisable>({UserId{2}, "left"}, conflict("last_admin", "This is the last one."));
  CHECK(m.props().reason_dialog.serial == first);
  CHECK(m.props().reason_dialog.error == "This is the last one.");
  CHECK_FALSE(m.props().reason_dialog.busy);
  m.act(CancelReason{});
  CHECK(m.props().reason_dialog.serial == 0);
  m.act(AskReason{DisablePerson{UserId{2}}});
  CHECK(m.props().reason_dialog.serial != first);
}

TEST_CASE("an action that is on its way can't be called back, and offline nothing is sent") {
  Reasons m;
  m.act(AskReason{EndAllSessions{UserId{2}}});
  m.act(GiveReason{"lost laptop", 0});
  m.act(CancelReason{});
  CHECK(m.props().reason_dialog.busy);
  m.tell(LinkChanged{LinkChanged::State::offline, unavailable("The network is down."), false});
  CHECK_FALSE(m.props().reason_dialog.busy);
  m.act(GiveReason{"lost laptop", 0});
  CHECK(m.effects.empty());
  CHECK(m.props().reason_dialog.error.find("Nothing was changed") != std::string::npos);
}

TEST_CASE("the reset code is shown once, and forgotten when its dialog is closed") {
  Reasons m;
  m.act(AskReason{ResetPassword{UserId{2}}});
  m.act(GiveReason{"forgot it", 0});
  REQUIRE(m.call<protocol::AdminUserResetPassword>());
  m.answer<protocol::AdminUserResetPassword>(
      {UserId{2}, "forgot it"},
      protocol::AdminUserResetPassword::Result{Secret("ABCD-EFGH"), Secret("wardroom://x"), m.state.now});
  CHECK(m.props().people.dialog == PeopleDialog::reset_code);
  CHECK(m.props().people.reset_code == "ABCD-EFGH");
  CHECK(m.props().people.invite_for == "Jonas Berg");
  m.act(ShowPeopleDialog{PeopleDialog::none});
  CHECK(m.props().people.reset_code.empty());
  CHECK(m.props().people.invite_link.empty());
  CHECK(m.state.people.reset_code.empty());
}

TEST_CASE("one session or all of a person are ended, and the lists asked for again") {
  Reasons m;
  m.act(AskReason{EndSession{SessionId{7}}});
  CHECK(m.props().reason_dialog.title == "Sign out Jonas's laptop?");
  m.act(GiveReason{"lost", 0});
  REQUIRE(m.call<protocol::AdminSessionRevoke>());
  CHECK(m.call<protocol::AdminSessionRevoke>()->session == SessionId{7});
  CHECK_FALSE(m.call<protocol::AdminSessionRevoke>()->user);
  m.answer<protocol::AdminSessionRevoke>({SessionId{7}, {}, "lost"}, protocol::SessionsEnded{1});
  CHECK(m.call<AdminSessionList>());
  m.act(AskReason{EndAllSessions{UserId{2}}});
  m.act(GiveReason{"lost", 0});
  CHECK(m.call<protocol::AdminSessionRevoke>()->user == UserId{2});
  CHECK_FALSE(m.call<protocol::AdminSessionRevoke>()->session);
}

TEST_CASE("the sessions of everybody and those of the selected person are kept apart") {
  Reasons m;
  m.act(OpenPage{Page::sessions});
  const auto asked = *m.call<AdminSessionList>();
  m.answer<AdminSessionList>(asked, AdminSessionList::Result{{session(1, 1), session(7, 2)}, true});
  CHECK(m.props().sessions.rows.size() == 2);
  CHECK(m.state.people.sessions.list.size() == 2);
  m.act(LoadMoreSessions{});
  CHECK(m.call<AdminSessionList>()->after == SessionId{7});
  m.act(FindSessionsOf{"jonas"});
  const auto found = *m.call<protocol::UserList>();
  m.answer<protocol::UserList>(
      found, protocol::UserList::Result{{{UserId{2}, "jonas", "Jonas Berg", Role::member},
                                         {UserId{9}, "jonas.old", "Jonas Old", Role::member}},
                                        false});
  REQUIRE(m.call<AdminSessionList>());
  CHECK(m.call<AdminSessionList>()->user == UserId{2});
  CHECK(m.props().sessions.person == "Jonas Berg");
  m.act(FindSessionsOf{"nobody"});
  m.answer<protocol::UserList>(*m.call<protocol::UserList>(), protocol::UserList::Result{{}, false});
  CHECK(m.props().sessions.filter_error == "Nobody has this name.");
}

TEST_CASE("a leaver's rooms need a successor before the account is shut, and the server counts first") {
  using protocol::AdminUserOffboard;
  Reasons m;
  m.act(ShowPeopleDialog{PeopleDialog::leaver});
  REQUIRE(m.call<AdminUserOffboard>());
  CHECK(m.call<AdminUserOffboard>()->dry_run == true);
  m.answer<AdminUserOffboard>(*m.call<AdminUserOffboard>(),
                              AdminUserOffboard::Result{2, 1, 7, {"release-7"}});
  CHECK(m.props().people.leaver.needs_successor);
  CHECK(m.props().people.leaver.lines.size() == 3);
  CHECK(m.props().people.leaver.lines[0].find("2 devices") != std::string::npos);
  m.act(FindSuccessor{"am"});
  m.tell(Tick{m.state.now + std::chrono::seconds{1}});
  m.answer<protocol::UserList>(
      *m.call<protocol::UserList>(),
      protocol::UserList::Result{{{UserId{2}, "jonas", "Jonas Berg", Role::member},
                                  {UserId{5}, "amara", "Amara Osei", Role::moderator},
                                  {UserId{6}, "amir", "Amir Guest", Role::guest}},
                                 false});
  REQUIRE(m.props().people.leaver.candidates.size() == 1);
  m.act(ChooseSuccessor{UserId{5}});
  REQUIRE(m.call<AdminUserOffboard>());
  CHECK(m.call<AdminUserOffboard>()->successor == UserId{5});
  CHECK(m.call<AdminUserOffboard>()->dry_run == true);
  m.answer<AdminUserOffboard>(*m.call<AdminUserOffboard>(),
                              AdminUserOffboard::Result{2, 1, 7, {"release-7"}});
  CHECK_FALSE(m.props().people.leaver.needs_successor);
  m.act(SayGoodbye{"last day"});
  REQUIRE(m.call<AdminUserOffboard>());
  CHECK_FALSE(m.call<AdminUserOffboard>()->dry_run);
  CHECK(m.call<AdminUserOffboard>()->reason == "last day");
  m.answer<AdminUserOffboard>(*m.call<AdminUserOffboard>(),
                              AdminUserOffboard::Result{2, 1, 7, {"release-7"}});
  CHECK(m.props().people.dialog == PeopleDialog::none);
  CHECK(m.list_call());
}
