#include "server/audit/pruning.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "common/evidence/kept_types.hpp"
#include "common/evidence/verify_scripts.hpp"
#include "server/audit/catalogue.hpp"
#include "server/store/users.hpp"
#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using std::chrono::days;

namespace {

std::int64_t days_ago(const PrivacyGround& ground, int count) {
  return to_unix_ms(ground.office.clock.now() - days{count});
}

// What the verifier in Python says of the log in a database.
std::string verify_in_python(const std::filesystem::path& database, const std::filesystem::path& folder) {
  const auto script = folder / "verify.py";
  std::ofstream(script, std::ios::binary) << evidence::verify_py();
  const std::string command = "python3 -I '" + script.string() + "' --db '" + database.string() + "' 2>&1";
  const std::unique_ptr<FILE, int (*)(FILE*)> out(popen(command.c_str(), "r"), pclose);
  REQUIRE(out);
  std::string text;
  std::array<char, 4096> part;
  while (fgets(part.data(), static_cast<int>(part.size()), out.get())) text += part.data();
  return text;
}

}  // namespace

TEST_CASE("pruning forgets lines and search columns of old records and keeps every hash") {
  PrivacyGround ground;
  ground.post(*ground.bob, ground.room, "hello");
  ground.refused(*ground.bob, "admin.user_list", {});
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
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.refused(*ground.carol, "admin.user_list", {});
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case"}}));
  ground.office.clock.advance(days{100});
  const auto done = ground.ask(*ground.ada, "admin.audit_prune", because({{"before", days_ago(ground, 95)}}));
  CHECK(done.at("held").as_int64() > 0);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'access.denied' AND line <> ''") == 1);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE line = ''") > 0);
  ground.check_sound();
}

TEST_CASE("a record that is emptied inside a pruned range is one more than the log tells of") {
  PrivacyGround ground;
  ground.refused(*ground.carol, "admin.user_list", {});
  ground.office.settle();  // the record of a refusal comes behind its answer
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.office.settle();
  ground.ask(*ground.ada, "admin.user_list", {});  // is on record, too
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case"}}));
  ground.office.clock.advance(days{100});
  ground.ask(*ground.ada, "admin.audit_prune", because({{"before", days_ago(ground, 95)}}));
  const auto db = ground.office.open_database();
  const auto kept = db->find<std::int64_t>(
      "SELECT idx FROM audit_records WHERE type = 'access.denied' AND line <> ''"
      " AND idx > (SELECT min(idx) FROM audit_records WHERE line = '')"
      " AND idx < (SELECT max(idx) FROM audit_records WHERE line = '')");
  REQUIRE(kept);
  ground.check_sound();
  const auto in_python = [&] {
    return verify_in_python(ground.office.directory() / "wardroom.db", ground.office.directory());
  };
  const std::string told = "aren't there, but the records audit.pruned tell of";
  CHECK_THAT(in_python(), Catch::Contains("records") && !Catch::Contains(told));

  REQUIRE(
      db->run("UPDATE audit_records SET line = '', actor_id = NULL, room_id = NULL, target_user = NULL, "
              "address = NULL"
              " WHERE idx = ?",
              *kept));
  const auto log = evidence::check_database(*db, {});
  REQUIRE(log);
  CHECK(log->wrong == 1);
  REQUIRE_FALSE(log->findings.empty());
  CHECK_THAT(log->findings.front(), Catch::Contains("records have lost their bytes"));
  CHECK_THAT(in_python(), Catch::Contains(told));
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
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.office.settle();  // the record of the refusal comes behind the answer
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
      "FROM audit_records WHERE type = 'access.denied')");
  refuses(prune +
          ", leaf = x'00' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')");
  refuses(prune + ", at = 1 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')");
  refuses(prune +
          ", idx = 1000 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')");
  refuses(
      prune +
      ", type = 'auth.logout' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')");
  refuses(
      prune +
      ", outcome = 'success' WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')");
  refuses("UPDATE audit_records SET line = '' WHERE actor_id IS NOT NULL");
  refuses(prune + " WHERE type = 'retention.hold_placed'");
  refuses(prune + " WHERE type = 'room.created'");
  refuses(prune + " WHERE type = 'room.member_added'");
  refuses(
      "DELETE FROM audit_records WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = "
      "'access.denied')");
  CHECK(db->run_script(prune +
                       " WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = 'access.denied')"));
  refuses(
      "UPDATE audit_records SET actor_id = 7 WHERE idx = (SELECT min(idx) FROM audit_records WHERE type = "
      "'access.denied')");
}

TEST_CASE("a person's newest name and address are kept as long as the account is, and no longer") {
  PrivacyGround ground;
  for (const auto* name : {"bob", "carol"}) {
    ground.office.record_person(UserId{ground.ids[name]});
    ground.ask(*ground.ada, "admin.user_update", {{"user", ground.ids[name]}, {"display_name", "Somebody"}});
  }
  store::mark_removed(*ground.office.open_database(), UserId{ground.ids["carol"]});
  ground.office.clock.advance(days{100});
  ground.ask(*ground.ada, "admin.audit_prune", because({{"before", days_ago(ground, 95)}}));
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'user.renamed' AND line = ''") == 1);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'user.renamed' AND line <> ''"
                     " AND target_user = (SELECT id FROM users WHERE name = 'bob')") == 1);
}

TEST_CASE("pruning ends at the first record that is too young, whatever older times follow it") {
  PrivacyGround ground;
  auto db = ground.office.open_database();
  const TimePoint before = ground.office.clock.now() + days{1};
  constexpr std::int64_t kFirst = 1'000'000;
  std::int64_t idx = kFirst;
  // The clock was ahead, and was set back.
  for (const TimePoint at : {before - days{1}, before, before - days{1}})
    db->run(
        "INSERT INTO audit_records (idx, at, type, outcome, leaf, line)"
        " VALUES (?, ?, 'access.denied', 'denied', x'00', '{}')",
        idx++, at);
  REQUIRE_FALSE(db->failure());
  CHECK(audit::count_prunable(*db, before).last == kFirst);
  CHECK(audit::prune_records(*db, kFirst, kFirst + 2, before).last == kFirst);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE idx >= 1000000 AND line <> ''") == 2);
}

TEST_CASE("what is never pruned is the same for the server, its database and the verifiers") {
  PrivacyGround ground;
  auto db = ground.office.open_database();
  // Of nobody and of no room: what a row is compared with isn't asked for.
  constexpr std::int64_t kFirst = 1'000'000;
  std::int64_t idx = kFirst;
  for (const auto& row : audit::kCatalogue)
    db->run(
        "INSERT INTO audit_records (idx, at, type, outcome, leaf, line) VALUES (?, 0, ?, 'success', x'00', "
        "'{}')",
        idx++, row.name);
  audit::prune_records(*db, kFirst, idx, TimePoint{std::chrono::milliseconds{1}});
  REQUIRE_FALSE(db->failure());
  idx = kFirst;
  for (const auto& row : audit::kCatalogue) {
    INFO(row.name);
    const bool is_kept =
        db->find<std::int64_t>("SELECT line <> '' FROM audit_records WHERE idx = ?", idx++).value_or(0) == 1;
    // Of rooms' names and topics the newest stays; of persons', as long as the account is there.
    const bool is_newest = row.name == "room.renamed" || row.name == "room.topic_changed";
    CHECK(is_kept == (is_newest || evidence::is_never_pruned(row.name, audit::kPruningRule)));
    CHECK((!evidence::is_never_pruned(row.name, 1) || evidence::is_never_pruned(row.name, 2)));
    const bool by_subject = row.name.starts_with("privacy.") || row.name.starts_with("retention.");
    const std::string in_script = "    \"" + std::string(row.name) + "\",\n";
    CHECK((is_kept && !is_newest && !by_subject) ==
          (evidence::verify_py().find(in_script) != std::string_view::npos));
  }
}
