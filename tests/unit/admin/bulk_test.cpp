#include "admin/model/bulk.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AdminUserDisable;
using protocol::AdminUserList;
using protocol::AdminUserUpdate;
using protocol::Role;

namespace {

struct Several : Driver {
  Several() {
    come_online(Role::admin);
    answer<AdminUserList>(
        AdminUserList::Params(*list_call()),
        AdminUserList::Result{
            {account(1, "ines"), account(2, "jonas"), account(3, "lena"), account(4, "omar")}, false, 4});
  }
  void tick(std::initializer_list<std::int64_t> ids) {
    for (const auto id : ids) act(TickPerson{UserId{id}});
  }
  void disable_as(std::int64_t id, const std::optional<Error>& refused = {}) {
    const auto asked = call<AdminUserDisable>();
    REQUIRE(asked);
    REQUIRE(asked->user == UserId{id});
    const auto params = *asked;
    if (refused) return answer<AdminUserDisable>(params, *refused);
    answer<AdminUserDisable>(params, AdminUserDisable::Result{account(id, "x")});
  }
  const BulkProps& bulk() { return props().people.bulk; }
};

}  // namespace

TEST_CASE("the one confirmation of an act on several people names how many, without oneself") {
  Several s;
  s.tick({1, 2, 3});
  CHECK(s.props().people.ticked_text == "3 people selected");
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  CHECK(s.props().reason_dialog.title == "Disable 2 people?");
  CHECK(s.props().reason_dialog.confirm == "Disable 2 people");
  CHECK(s.props().reason_dialog.consequence.find("left out") != std::string::npos);
  s.act(GiveReason{"the project ended"});
  CHECK(s.props().reason_dialog.serial == 0);
  CHECK(s.call<AdminUserDisable>()->reason == "the project ended");
  CHECK(s.bulk().progress == "0 of 2");
}

TEST_CASE("oneself alone is nobody to act on") {
  Several s;
  s.tick({1});
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  CHECK(s.props().reason_dialog.serial == 0);
  CHECK(s.props().toasts.size() == 1);
}

TEST_CASE("each person has a result, and a refusal of one stops nobody else's") {
  Several s;
  s.tick({2, 3, 4});
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  s.act(GiveReason{"the project ended"});
  s.disable_as(2);
  s.disable_as(3, conflict("last_admin", "This is the last administrator."));
  s.disable_as(4);
  REQUIRE(s.bulk().rows.size() == 3);
  CHECK(s.bulk().rows[0].words == "disabled");
  CHECK(s.bulk().rows[1].state == BulkRow::State::failed);
  CHECK(s.bulk().rows[1].words == "This is the last administrator.");
  CHECK(s.bulk().rows[2].state == BulkRow::State::done);
  CHECK(s.bulk().progress == "2 done, 1 failed");
  CHECK_FALSE(s.bulk().running);
  // Whoever isn't done stays selected, and can be tried again.
  CHECK(s.props().people.ticked_text == "1 person selected");
  CHECK(s.bulk().can_retry);
  s.act(RetryBulk{});
  s.disable_as(3);
  CHECK(s.bulk().progress == "3 done");
  s.act(CloseBulk{});
  CHECK(s.bulk().title.empty());
}

TEST_CASE("a pause that the server asks for loses nobody") {
  Several s;
  s.tick({2, 3});
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  s.act(GiveReason{"the project ended"});
  Error pause = unavailable("Too many requests.", 3s);
  pause.code = ErrorCode::rate_limited;
  s.disable_as(2, pause);
  CHECK(s.call<AdminUserDisable>() == nullptr);
  CHECK(s.bulk().running);
  CHECK(next_tick(s.state) == s.state.now + 3s);
  s.tell(Tick{s.state.now + 3s});
  s.disable_as(2);
  s.disable_as(3);
  CHECK(s.bulk().progress == "2 done");
}

TEST_CASE("when the connection is lost, it is said who may be done and who is left") {
  Several s;
  s.tick({2, 3, 4});
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  s.act(GiveReason{"the project ended"});
  s.disable_as(2);
  s.tell(LinkChanged{LinkChanged::State::offline});
  CHECK(s.bulk().progress == "1 done, 1 failed, 1 left");
  CHECK(s.bulk().rows[1].words.find("may be done or not") != std::string::npos);
  CHECK(s.props().people.ticked_text == "2 people selected");
}

TEST_CASE("while it runs it can be stopped behind the person it is at") {
  Several s;
  s.tick({2, 3, 4});
  s.act(AskReason{ActOnSelected{BulkAct::lock}});
  s.act(GiveReason{"the project ended"});
  const auto asked = *s.call<AdminUserDisable>();
  s.act(CloseBulk{});
  s.answer<AdminUserDisable>(asked, AdminUserDisable::Result{account(2, "x")});
  CHECK(s.call<AdminUserDisable>() == nullptr);
  CHECK(s.bulk().progress == "1 done, 2 left");
}

TEST_CASE("a role and a new password are asked for without a reason, which nobody would keep") {
  Several s;
  s.tick({2, 3});
  s.act(AskReason{ActOnSelected{BulkAct::change_role}});
  CHECK_FALSE(s.props().reason_dialog.asks_reason);
  CHECK(s.props().reason_dialog.choices.size() == 5);
  s.act(GiveReason{"", 1});
  CHECK(s.call<AdminUserUpdate>()->role == Role::moderator);
  CHECK(s.bulk().title == "Make 2 people moderator");
}

TEST_CASE("who is selected stays so when the list shows others, and is counted") {
  Several s;
  s.tick({2, 3});
  s.act(FilterPeople{{"", 1, 0}});
  s.answer<AdminUserList>(AdminUserList::Params(*s.list_call()),
                          AdminUserList::Result{{account(3, "lena")}, false, 1});
  CHECK(s.props().people.ticked_text == "2 people selected, 1 of them not in this list");
  s.act(UntickPeople{});
  CHECK(s.props().people.ticked == 0);
}
