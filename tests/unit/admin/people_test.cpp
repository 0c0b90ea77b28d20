#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AdminUserList;
using protocol::Role;

namespace {

struct People : Driver {
  People() {
    come_online(Role::admin);
    give({account(1, "ines"), account(2, "jonas"), account(3, "lena")}, 3);
  }
  void give(std::vector<protocol::Account> users, std::int64_t total, bool more = false) {
    REQUIRE(list_call());
    answer<AdminUserList>(AdminUserList::Params(*list_call()),
                          AdminUserList::Result{std::move(users), more, total});
  }
};

}  // namespace

TEST_CASE("what is typed into the search is asked for once, when the typing pauses") {
  People p;
  p.act(FilterPeople{{"j", 0, 0}});
  CHECK(p.list_call() == nullptr);
  p.tell(Tick{p.state.now + 100ms});
  p.act(FilterPeople{{"jo", 0, 0}});
  CHECK(next_tick(p.state) == p.state.now + 250ms);
  p.tell(Tick{p.state.now + 200ms});
  CHECK(p.list_call() == nullptr);
  p.tell(Tick{p.state.now + 50ms});
  REQUIRE(p.list_call());
  CHECK(p.list_call()->query == "jo");
  CHECK_FALSE(next_tick(p.state));
}

TEST_CASE("filters by role and state are asked for at once, in the server's words") {
  People p;
  p.act(FilterPeople{{"", 1 + static_cast<std::size_t>(RoleChoice::auditor), 2}});
  REQUIRE(p.list_call());
  CHECK(p.list_call()->role == Role::auditor);
  CHECK(p.list_call()->disabled == true);
}

TEST_CASE("an answer to a search that has changed since is left out") {
  People p;
  p.act(FilterPeople{{"", 1, 0}});
  const auto old = *p.list_call();
  p.act(FilterPeople{{"", 2, 0}});
  p.answer<AdminUserList>(old, AdminUserList::Result{{}, false, 0});
  CHECK(p.props().people.rows.size() == 3);
}

TEST_CASE("further pages begin after the last name, and each is added once") {
  People p;
  p.act(FilterPeople{{"", 1, 0}});
  p.give({account(2, "jonas")}, 2, true);
  p.act(LoadMorePeople{});
  REQUIRE(p.list_call());
  CHECK(p.list_call()->after == "jonas");
  const auto page = *p.list_call();
  p.act(LoadMorePeople{});
  CHECK(p.list_call() == nullptr);
  p.answer<AdminUserList>(page, AdminUserList::Result{{account(3, "lena")}, false, 2});
  p.answer<AdminUserList>(page, AdminUserList::Result{{account(3, "lena")}, false, 2});
  CHECK(p.props().people.rows.size() == 2);
  CHECK_FALSE(p.props().people.more);
}

TEST_CASE("the summary counts everybody and who is disabled") {
  People p;
  AdminUserList::Params count;
  count.disabled = true;
  count.limit = 1;
  p.answer<AdminUserList>(count, AdminUserList::Result{{}, false, 1});
  CHECK(p.props().people.summary == "3 people, 1 disabled");
  CHECK(p.props().people.rows.size() == 3);
}

TEST_CASE("an added person's invite link is shown, and is gone when the dialog is closed") {
  People p;
  p.act(ShowPeopleDialog{PeopleDialog::add});
  p.act(AddPerson{"wei.chen", "Wei Chen", "", RoleChoice::guest});
  const auto call = p.call<protocol::AdminUserCreate>();
  REQUIRE(call);
  CHECK(call->role == Role::guest);
  CHECK_FALSE(call->email);
  CHECK(p.props().people.dialog_busy);
  auto wei = account(4, "wei.chen");
  wei.display_name = "Wei Chen";
  p.answer<protocol::AdminUserCreate>(
      *call, protocol::AdminUserCreate::Result{wei, Secret("wardroom://x"), p.state.now});
  CHECK(p.props().people.dialog == PeopleDialog::invite_link);
  CHECK(p.props().people.invite_link == "wardroom://x");
  CHECK(p.props().people.invite_for == "Wei Chen");
  CHECK(p.list_call());
  p.act(ShowPeopleDialog{PeopleDialog::none});
  CHECK(p.props().people.invite_link.empty());
}

TEST_CASE("a refusal stands in the dialog that was refused, and a second press sends nothing") {
  People p;
  p.act(SelectPerson{UserId{2}});
  p.act(ShowPeopleDialog{PeopleDialog::change_role});
  p.act(ChangeRole{UserId{2}, RoleChoice::member});
  REQUIRE(p.call<protocol::AdminUserUpdate>());
  const auto params = *p.call<protocol::AdminUserUpdate>();
  p.act(ChangeRole{UserId{2}, RoleChoice::member});
  CHECK(p.call<protocol::AdminUserUpdate>() == nullptr);
  p.answer<protocol::AdminUserUpdate>(params, conflict("last_admin", "This is the last administrator."));
  CHECK(p.props().people.dialog == PeopleDialog::change_role);
  CHECK(p.props().people.dialog_error == "This is the last administrator.");
  CHECK_FALSE(p.props().people.dialog_busy);
}

TEST_CASE("a person who was disabled is shown so at once") {
  People p;
  auto jonas = account(2, "jonas");
  jonas.disabled = true;
  p.act(AskReason{DisablePerson{UserId{2}}});
  p.answer<protocol::AdminUserDisable>({UserId{2}, "left"}, protocol::AccountResult{jonas});
  CHECK(p.props().reason_dialog.serial == 0);
  CHECK(p.props().people.rows[1].state == PersonRow::State::disabled);
}

TEST_CASE("without a connection nothing is sent, and the dialog says so") {
  People p;
  p.tell(LinkChanged{LinkChanged::State::offline, unavailable("The network is down."), false});
  CHECK(p.props().offline == "The network is down.");
  p.act(ShowPeopleDialog{PeopleDialog::add});
  p.act(AddPerson{"wei", "", "", RoleChoice::member});
  CHECK(p.effects.empty());
  CHECK(p.props().people.dialog_error.find("Nothing was changed") != std::string::npos);
  p.resume(Role::admin);
  CHECK(p.list_call());
}

TEST_CASE("who gives their own role away is shown out, or to the Audit page") {
  People p;
  auto ines = account(1, "ines");
  ines.role = Role::auditor;
  p.answer<protocol::AdminUserUpdate>({UserId{1}, {}, {}, Role::auditor}, protocol::AccountResult{ines});
  CHECK(p.props().page == Page::audit);
  CHECK(p.props().pages == std::vector{Page::audit, Page::retention, Page::moderation});
  People q;
  ines.role = Role::member;
  q.answer<protocol::AdminUserUpdate>({UserId{1}, {}, {}, Role::member}, protocol::AccountResult{ines});
  CHECK(q.props().screen == Screen::sign_in);
  CHECK(q.call<protocol::SessionClose>());
}

TEST_CASE("the mutes and bans that hold stand on the person, and nobody else's") {
  People p;
  p.act(SelectPerson{UserId{2}});
  const auto asked = p.call<protocol::ModerationSanctions>();
  REQUIRE(asked);
  protocol::Sanction mute;
  mute.user = {UserId{2}, "jonas", "jonas", Role::member};
  mute.by = {UserId{3}, "lena", "Lena Moreau", Role::moderator};
  mute.reason = "names a customer";
  auto other = mute;
  other.user.id = UserId{3};
  p.answer<protocol::ModerationSanctions>(protocol::ModerationSanctions::Params(*asked),
                                          protocol::ModerationSanctions::Result{{mute, other}});
  REQUIRE(p.props().people.details.sanctions.size() == 1);
  CHECK(p.props().people.details.sanctions[0].words == "Muted in every room until it is lifted");
  CHECK(p.props().people.details.sanctions[0].why == "Lena Moreau: names a customer");
}
