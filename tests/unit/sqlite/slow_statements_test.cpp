#include "common/sqlite/slow_statements.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::sqlite;
using namespace std::chrono_literals;

TEST_CASE("what takes long is kept by its text, without its values, the longest first") {
  SlowStatements slow;
  const auto db = Connection::open(":memory:", Connection::Mode::read_write);
  REQUIRE(db);
  slow.watch(**db);
  CHECK((*db)->find<std::int64_t>("SELECT ?", 7) == 7);
  CHECK(slow.rows().empty());
  (*db)->find<std::int64_t>(
      "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT max(i) FROM n",
      2'000'000);
  const auto rows = slow.rows();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].sql.find("WHERE i < ?)") != std::string::npos);
  CHECK(rows[0].times == 1);
  CHECK(rows[0].longest >= 50ms);
}

TEST_CASE("statements that took long are added up, and there is an end of them") {
  SlowStatements slow;
  slow.note("SELECT 1", 49ms);
  slow.note("SELECT 2", 60ms);
  slow.note("SELECT 2", 80ms);
  slow.note("SELECT 3", 1s);
  const auto rows = slow.rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].sql == "SELECT 3");
  CHECK(rows[1].times == 2);
  CHECK(rows[1].longest == 80ms);
  CHECK(rows[1].total == 140ms);
  for (int i = 0; i < 1000; ++i) slow.note(("SELECT " + std::to_string(i)).c_str(), 60ms);
  CHECK(slow.rows().size() == 200);
}
