#include "server/audit/log.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "common/evidence/database_check.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::audit;

TEST_CASE("every type of the catalogue has its own name and a meaning") {
  std::set<std::string_view> names;
  for (const auto& row : kCatalogue) {
    CHECK(names.insert(row.name).second);
    CHECK(row.meaning.ends_with('.'));
    CHECK(&catalogue_row(row.type) == &row);
  }
}

TEST_CASE("a record is one line with its fields in order, and says what changed however long") {
  Record record{.type = Type::user_disabled, .outcome = Outcome::success, .reason = "left \"us\"\n"};
  record.actor = {Actor::Kind::user, UserId{3}, "root", "admin"};
  record.target = {"user", 7, std::string(5000, 'x')};
  record.ip = "192.0.2.7";
  record.tls = "1.3";
  record.before = {{"name", "a \"b\"\n}"}, {"until", std::optional<TimePoint>()}, {"on", true}};
  record.after = {{"big", std::string(50'000, 'y')}, {"users", std::vector<UserId>{UserId{1}, UserId{2}}}};
  const std::string line = compose_line(record, AuditIndex{0}, from_unix_ms(1795160000123));
  CHECK(line.find(R"("source":{"ip":"192.0.2.7","tls":"1.3"})") != std::string::npos);
  CHECK(line.find(R"("before":{"name":"a \"b\"\n}","until":null,"on":true},"after":{"big":"yyy)") !=
        std::string::npos);
  CHECK(line.ends_with(R"(y","users":[1,2]}})"));
  CHECK(line.find('\n') == std::string::npos);
  CHECK(line.starts_with(R"({"v":1,"idx":0,"id":")"));
  CHECK(
      line.find(
          R"("ts":"2026-11-20T07:33:20.123Z","type":"user.disabled","severity":"warning","outcome":"success","reason":"left \"us\"\n","actor":{"type":"user","id":3,"name":"root","role":"admin"},"source":)") !=
      std::string::npos);
}

TEST_CASE("the log refuses to be changed, and shows it when it was") {
  testing::TempDir dir;
  auto opened = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(opened);
  auto& db = **opened;
  {
    sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{db, from_unix_ms(1795160000123), {}};
    for (int i = 0; i < 5; ++i) append_record(tx, {.type = Type::server_started});
    REQUIRE(transaction.commit());
  }
  CHECK(evidence::check_database(db, {})->is_sound());
  CHECK_FALSE(db.run("UPDATE audit_records SET line = 'x' WHERE idx = 2"));
  db.clear_error();
  CHECK_FALSE(db.run("DELETE FROM audit_records WHERE idx = 2"));
  db.clear_error();
  REQUIRE(
      db.run_script("DROP TRIGGER audit_records_no_update; UPDATE audit_records SET line = replace(line, "
                    "'success', 'failure') WHERE idx = 2"));
  const auto report = evidence::check_database(db, {});
  REQUIRE(report);
  CHECK(report->findings.at(0).find("Record 2 ") == 0);
}

TEST_CASE("a record's time never falls below the log's, but where a record says that the clock was set") {
  testing::TempDir dir;
  auto opened = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(opened);
  auto& db = **opened;
  const TimePoint start = from_unix_ms(1795160000000);
  const auto append = [&](Type type, std::chrono::hours after) {
    sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{db, start + after, {}};
    append_record(tx, {.type = type});
    REQUIRE(transaction.commit());
    return *db.find<TimePoint>("SELECT at FROM audit_records ORDER BY idx DESC LIMIT 1") - start;
  };
  using std::chrono::hours;
  CHECK(append(Type::server_started, hours{100}) == hours{100});
  CHECK(append(Type::server_stopped, hours{90}) == hours{100});
  CHECK(append(Type::server_started, hours{0}) == hours{100});
  CHECK(append(Type::clock_jump, hours{1}) == hours{1});
  CHECK(append(Type::server_stopped, hours{2}) == hours{2});
  const auto report = evidence::check_database(db, {});
  REQUIRE(report);
  CHECK(report->is_sound());
  const auto& said = report->confirmed;
  CHECK(std::any_of(said.begin(), said.end(), [](const std::string& line) {
    return line.find("set back at record 3 (server.clock_jump)") != std::string::npos;
  }));
}
