#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using desk::testing::answered;
using desk::testing::call_in;
using protocol::Role;

namespace {

// Two parts of the console ask the same method, with the same parameters where they can: each answer must
// reach who asked.
struct BusyConsole : Driver {
  BusyConsole() { come_online(Role::admin); }
  // The last call of the method in the last input.
  template <class M>
  desk::Call<Turn> made() const {
    const desk::Call<Turn>* found = nullptr;
    for (const auto& effect : effects)
      if (const auto* call = call_in<M, Turn>(effect)) found = call;
    REQUIRE(found);
    return *found;
  }
};

protocol::UserList::Result jonas() {
  return {{{UserId{2}, "jonas", "Jonas Berg", Role::member}}, false};
}

}  // namespace

TEST_CASE("sessions, a hold and evidence each get their own answer about the same name") {
  BusyConsole c;
  c.act(OpenPage{Page::sessions});
  c.act(FindSessionsOf{"jonas"});
  const auto for_sessions = c.made<protocol::UserList>();
  c.act(AskForHold{});
  HoldForm hold;
  hold.name = "Case 17";
  hold.subject = "jonas";
  c.act(PlaceHold{hold});
  const auto for_hold = c.made<protocol::UserList>();
  c.act(AskForEvidence{"jonas"});
  EvidenceForm evidence;
  evidence.person = "jonas";
  evidence.target = "/tmp/case";
  c.act(TakeEvidence{evidence});
  const auto for_evidence = c.made<protocol::UserList>();
  // On the wire they can't be told apart.
  CHECK(for_sessions.params == for_hold.params);
  CHECK(for_hold.params == for_evidence.params);

  c.tell(answered<protocol::UserList>(for_evidence, jonas()));
  REQUIRE(c.effect<MakeEvidence>());
  CHECK(c.effect<MakeEvidence>()->scope.user == UserId{2});
  CHECK_FALSE(c.call<protocol::AdminHoldPlace>());
  c.tell(answered<protocol::UserList>(for_hold, jonas()));
  REQUIRE(c.call<protocol::AdminHoldPlace>());
  CHECK_FALSE(c.effect<MakeEvidence>());
  CHECK_FALSE(c.state.sessions.person);
  c.tell(answered<protocol::UserList>(for_sessions, jonas()));
  CHECK(c.state.sessions.person == UserId{2});
}

TEST_CASE("a list of the disabled accounts and their number are told apart") {
  BusyConsole c;
  PeopleFilter disabled;
  disabled.state = 2;
  c.act(FilterPeople{disabled});
  std::vector<desk::Call<Turn>> made;
  for (const auto& effect : c.effects)
    if (const auto* call = call_in<protocol::AdminUserList, Turn>(effect)) made.push_back(*call);
  REQUIRE(made.size() == 2);
  auto jonas = account(2, "jonas");
  jonas.disabled = true;
  c.tell(answered<protocol::AdminUserList>(made[1], protocol::AdminUserList::Result{{jonas}, true, 3}));
  CHECK(c.state.people.disabled == 3);
  CHECK(c.state.people.rows.empty());
  c.tell(answered<protocol::AdminUserList>(made[0], protocol::AdminUserList::Result{{jonas}, false, 1}));
  CHECK(c.state.people.rows.size() == 1);
  CHECK(c.state.people.disabled == 3);
}

TEST_CASE("the number of reports doesn't become the page of those before the first one") {
  BusyConsole c;
  c.act(OpenPage{Page::moderation});
  protocol::Report first;
  first.id = ReportId{1};
  auto answer_list = c.call_where<protocol::ModerationReports>([](const auto& p) { return !p.before; });
  REQUIRE(answer_list);
  c.answer<protocol::ModerationReports>(*answer_list, protocol::ModerationReports::Result{{first}, true, 9});
  REQUIRE(c.state.moderation.reports.size() == 1);
  // The next page is asked for by the same words as the number is, but for the limit.
  c.act(LoadMoreReports{});
  const auto page = c.made<protocol::ModerationReports>();
  CHECK(c.state.moderation.loading);
  c.tell(answered<protocol::ModerationReports>(page, protocol::ModerationReports::Result{{}, false, 9}));
  CHECK_FALSE(c.state.moderation.loading);
}

TEST_CASE("one person's sessions on their page and on the sessions' own don't mix") {
  BusyConsole c;
  c.act(SelectPerson{UserId{2}});
  const auto of_person = c.made<protocol::AdminSessionList>();
  c.act(ShowSessionsOf{UserId{2}});
  const auto of_page = c.made<protocol::AdminSessionList>();
  protocol::AdminSessionList::Result one;
  one.sessions.resize(1);
  c.tell(answered<protocol::AdminSessionList>(of_person, one));
  CHECK(c.state.people.sessions.list.size() == 1);
  CHECK(c.state.sessions.rows.empty());
  one.sessions.resize(2);
  c.tell(answered<protocol::AdminSessionList>(of_page, one));
  CHECK(c.state.people.sessions.list.size() == 1);
  CHECK(c.state.sessions.rows.size() == 2);
}
