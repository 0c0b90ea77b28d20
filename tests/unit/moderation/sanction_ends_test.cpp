#include "server/commands/moderation/sanction_ends.hpp"

#include <catch2/catch.hpp>

#include "server/store/sanctions.hpp"
#include "server/store/users.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using std::chrono::seconds;

TEST_CASE("the database is asked once at the start, and then only when an end has come") {
  commands::SanctionEnds ends;
  const TimePoint now = from_unix_ms(1'795'160'000'000);
  CHECK(ends.take_due(now));
  CHECK_FALSE(ends.take_due(now + std::chrono::days{1000}));
  ends.note(now + seconds{60});
  ends.note(now + seconds{30});
  ends.note(now + seconds{90});
  ends.note(std::nullopt);
  CHECK_FALSE(ends.take_due(now + seconds{29}));
  CHECK(ends.take_due(now + seconds{30}));
  CHECK_FALSE(ends.take_due(now + seconds{60}));
}

TEST_CASE("what ended while the server was down is told when it is up again, each end once") {
  Office office;
  const auto mo = office.add_person("mo", protocol::Role::moderator);
  const auto bob = office.add_person("bob");
  auto db = office.open_database();
  const TimePoint start = office.clock.now();
  store::insert_sanction(*db, {protocol::SanctionKind::mute, {}, bob.id, mo.id, "loud", start + seconds{60}},
                         start);
  REQUIRE_FALSE(db->failure());
  office.restart();
  office.clock.advance(std::chrono::minutes{5});
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", bob.token}}).contains("result"));
  office.tick();
  REQUIRE(peer->events.size() == 1);
  CHECK(peer->events.front().at("method") == "moderation.applied");
  CHECK(peer->events.front().at("params").at("act") == "unmuted");
  office.tick();
  CHECK(peer->events.size() == 1);
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'moderation.unmuted'") == 1);
}

TEST_CASE("more ends than fit into one transaction all come, a second later") {
  Office office;
  const auto mo = office.add_person("mo", protocol::Role::moderator);
  auto db = office.open_database();
  for (int i = 0; i < 450; ++i) {
    const std::string name = "p" + std::to_string(i);
    const auto person =
        store::insert_user(*db, {name, name, protocol::Role::member, {}, false}, office.clock.now());
    REQUIRE(person);
    store::insert_sanction(
        *db,
        {protocol::SanctionKind::mute, {}, *person, mo.id, "loud", office.clock.now() + seconds{60 + i % 3}},
        office.clock.now());
  }
  office.clock.advance(std::chrono::minutes{5});
  const auto held = [&] {
    return db->find<std::int64_t>("SELECT count(*) FROM sanctions WHERE lifted_at IS NULL").value_or(-1);
  };
  office.tick();
  CHECK(held() == 250);
  office.tick();
  office.tick();
  CHECK(held() == 0);
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'moderation.unmuted'") ==
        450);
}
