#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using std::chrono::days;

namespace {

std::int64_t days_ago(const PrivacyGround& ground, int count) {
  return to_unix_ms(ground.office.clock.now() - days{count});
}

}  // namespace

TEST_CASE("pruning forgets lines and search columns of old records and keeps every hash") {
  PrivacyGround ground;
  ground.post(*ground.bob, ground.room, "hello");
  ground.ask(
      *ground.ada, "admin.hold_lift",
      because(
          {{"hold",
            ground.ask(*ground.ada, "admin.hold_place", because({{"room", ground.room}, {"name", "Case"}}))
                .at("hold")
                .at("id")}}));
  auto db = ground.office.open_database();
  const auto hashes = [&] {
    return db->find<std::string>(
        "SELECT group_concat(hex(leaf)) FROM (SELECT leaf FROM audit_records WHERE idx < 5)");
  };
  const auto before = hashes();
  ground.office.clock.advance(days{100});
  const object params = because({{"before", days_ago(ground, 95)}});
  object dry = params;
  dry["dry_run"] = true;
  const auto expected = ground.ask(*ground.ada, "admin.audit_prune", dry);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE line = ''") == 0);
  const auto done = ground.ask(*ground.ada, "admin.audit_prune", params);
  CHECK(done.at("records").as_int64() > 0);
  CHECK(done.at("records") == expected.at("records"));
  CHECK(done.at("files_clean") == true);
  CHECK(hashes() == before);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE line = '' AND"
                     " (actor_id IS NOT NULL OR room_id IS NOT NULL OR target_user IS NOT NULL OR address IS "
                     "NOT NULL)") == 0);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE line = '' AND type IN ('messages.committed',"
                     " 'retention.hold_placed', 'retention.hold_lifted')") == 0);
  const auto record = boost::json::parse(ground.newest_line("audit.pruned"));
  CHECK(record.at("after").at("count") == done.at("records"));
  CHECK(ground.count("SELECT min(idx) FROM audit_records WHERE line = ''") == record.at("after").at("first"));
  CHECK(ground.count("SELECT max(idx) FROM audit_records WHERE line = ''") == record.at("after").at("last"));
  ground.check_sound();
  CHECK(ground.ask(*ground.ada, "audit.query", {}).contains("records"));
}

TEST_CASE("records of a person or a room on hold keep their lines") {
  PrivacyGround ground;
  ground.make_room("files");
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case"}}));
  ground.office.clock.advance(days{100});
  const auto done = ground.ask(*ground.ada, "admin.audit_prune", because({{"before", days_ago(ground, 95)}}));
  CHECK(done.at("held").as_int64() > 0);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'room.created' AND line <> ''") == 2);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE line = ''") > 0);
  ground.check_sound();
}

TEST_CASE("records younger than 90 days are never pruned") {
  PrivacyGround ground;
  ground.office.clock.advance(days{100});
  CHECK(ground.refused(*ground.ada, "admin.audit_prune", because({{"before", days_ago(ground, 89)}})) ==
        "too_young");
}

TEST_CASE("the database refuses every other change of a record") {
  PrivacyGround ground;
  ground.ask(*ground.ada, "admin.hold_place", because({{"room", ground.room}, {"name", "Case"}}));
  auto db = ground.office.open_database();
  const auto refuses = [&](const std::string& change) {
    INFO(change);
    CHECK_FALSE(db->run_script(change));
    db->clear_error();
  };
  const std::string prune =
      "UPDATE audit_records SET line = '', actor_id = NULL, room_id = NULL, target_user = NULL, address = "
      "NULL";
  refuses(
      "UPDATE audit_records SET line = 'x', actor_id = NULL, room_id = NULL WHERE idx = (SELECT min(idx) "
      "FROM audit_records WHERE type = 'room.created')");
  refuses(prune +
          ", leaf = x'00' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')");
  refuses(prune + ", at = 1 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')");
  refuses(prune +
          ", idx = 1000 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')");
  refuses(
      prune +
      ", type = 'auth.logout' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')");
  refuses(
      prune +
      ", outcome = 'denied' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')");
  refuses("UPDATE audit_records SET line = '' WHERE actor_id IS NOT NULL");
  refuses(prune + " WHERE type = 'retention.hold_placed'");
  refuses(
      "DELETE FROM audit_records WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = "
      "'room.created')");
  CHECK(db->run_script(prune +
                       " WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'room.created')"));
  refuses(
      "UPDATE audit_records SET actor_id = 7 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = "
      "'room.created')");
}
