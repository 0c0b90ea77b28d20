#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::Role;
using protocol::UserList;

TEST_CASE("evidence is asked for about a person, a room and days, and told where it is") {
  Driver console;
  console.come_online(Role::auditor);
  console.act(AskForEvidence{"jonas"});
  CHECK(console.props().evidence.form.person == "jonas");
  EvidenceForm form{"jonas", "12", "2026-11-01", "2026-11-20", "case 17", "/tmp/case.zip"};
  console.act(TakeEvidence{form});
  CHECK(console.props().evidence.busy);
  REQUIRE(console.call<UserList>());
  UserList::Result found;
  found.users = {{UserId{7}, "jonas", "Jonas Berg", Role::member}};
  console.answer<UserList>(*console.call<UserList>(), found);
  const auto* make = console.effect<MakeEvidence>();
  REQUIRE(make);
  CHECK(make->scope.user == UserId{7});
  CHECK(make->scope.room == RoomId{12});
  CHECK(make->scope.reason == "case 17");
  REQUIRE((make->scope.since && make->scope.until));
  CHECK(*make->scope.until - *make->scope.since == std::chrono::days{20});  // with the last day
  console.tell(EvidenceProgress{50, 200});
  CHECK(console.props().evidence.progress == "50 of 200 records");
  CHECK(console.props().evidence.part == Approx(0.25F));
  console.tell(EvidenceMade{EvidenceMade::Bundle{"/tmp/case.zip", true, "It holds."}});
  CHECK(console.props().evidence.saved == "/tmp/case.zip");
  CHECK_FALSE(console.props().evidence.busy);
  console.act(CloseEvidence{});
  CHECK(console.props().evidence.serial == 0);
}

TEST_CASE("what can't be understood is said before anything is asked") {
  Driver console;
  console.come_online(Role::auditor);
  console.act(AskForEvidence{});
  console.act(TakeEvidence{{"", "nowhere", "", "", "r", "/tmp/x"}});
  CHECK(console.props().evidence.error.find("No room") != std::string::npos);
  console.act(TakeEvidence{{"", "", "1.11.2026", "", "r", "/tmp/x"}});
  CHECK(console.props().evidence.error.find("2026-11-20") != std::string::npos);
  CHECK_FALSE(console.effect<MakeEvidence>());
  console.act(TakeEvidence{{"", "", "", "", "r", "/tmp/x"}});
  REQUIRE(console.effect<MakeEvidence>());
  CHECK_FALSE(console.effect<MakeEvidence>()->scope.user);
  CHECK_FALSE(console.effect<MakeEvidence>()->scope.files);
}

TEST_CASE("evidence takes files along where that is asked for") {
  Driver console;
  console.come_online(Role::auditor);
  console.act(AskForEvidence{});
  console.act(TakeEvidence{{"", "", "", "", "r", "/tmp/x", true}});
  REQUIRE(console.effect<MakeEvidence>());
  CHECK(console.effect<MakeEvidence>()->scope.files == true);
}

TEST_CASE("closing stops what is being made, and what comes late is left out") {
  Driver console;
  console.come_online(Role::auditor);
  console.act(AskForEvidence{});
  console.act(TakeEvidence{{"", "", "", "", "r", "/tmp/x"}});
  console.act(CloseEvidence{});
  CHECK(console.effect<StopEvidence>());
  console.tell(EvidenceMade{EvidenceMade::Bundle{"/tmp/x", true, ""}});
  CHECK(console.props().evidence.saved.empty());
}
