#include <catch2/catch.hpp>

#include "common/sqlite/connection.hpp"

using namespace wardroom;
using namespace wardroom::sqlite;

namespace {

bool is_watched(std::string_view table, std::string_view column) {
  return table == "watched" && column != "hits";
}

std::unique_ptr<Connection> with_tables() {
  auto db = std::move(Connection::open(":memory:", Connection::Mode::read_write)).value();
  REQUIRE(
      db->run_script("PRAGMA foreign_keys = ON;"
                     "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
                     "CREATE TABLE watched (id INTEGER PRIMARY KEY, name TEXT UNIQUE, hits INTEGER,"
                     " parent_id REFERENCES parent (id) ON DELETE CASCADE);"
                     "CREATE TABLE other (id INTEGER PRIMARY KEY);"
                     "CREATE TABLE quiet (id INTEGER PRIMARY KEY);"
                     "CREATE TRIGGER spills AFTER INSERT ON other"
                     " BEGIN UPDATE watched SET name = NEW.id WHERE id = 1; END;"
                     "INSERT INTO watched (id, name, hits) VALUES (1, 'one', 0)"));
  db->watch_writes(is_watched);
  return db;
}

}  // namespace

TEST_CASE("a statement that writes what is watched counts each time it begins, however it writes it") {
  auto db = with_tables();
  const auto counts = [&](Sql sql) {
    for (int time = 0; time < 3; ++time) {
      INFO(sql.text() << ", time " << time);
      const auto before = db->watched_writes();
      REQUIRE(db->run(sql));
      CHECK(db->watched_writes() > before);
    }
  };
  counts("UPDATE watched SET name = 'two' WHERE id = 1");
  counts("UPDATE watched SET hits = hits + 1, name = 'three' WHERE id = 1");
  counts("UPDATE watched SET name = 'nobody' WHERE id = 99");
  counts("INSERT INTO watched (id, hits) VALUES (2, 0) ON CONFLICT DO NOTHING");
  counts("INSERT INTO watched (id) VALUES (2) ON CONFLICT (id) DO UPDATE SET hits = 5");
  counts("INSERT OR REPLACE INTO watched (id) VALUES (3)");
  counts("DELETE FROM watched WHERE id = 3");
  counts("DELETE FROM watched");               // SQLite empties the table without looking at its rows
  counts("DELETE FROM parent WHERE id = 7");   // and those that hang on it
  counts("INSERT INTO other DEFAULT VALUES");  // by a trigger
}

TEST_CASE("a statement that writes nothing that is watched doesn't count") {
  auto db = with_tables();
  const auto before = db->watched_writes();
  for (int time = 0; time < 3; ++time) {
    REQUIRE(db->run("UPDATE watched SET hits = hits + 1 WHERE id = 1"));
    REQUIRE(db->run("INSERT INTO quiet DEFAULT VALUES"));
    REQUIRE(db->run("DELETE FROM quiet"));
    CHECK(db->find<std::string>("SELECT name FROM watched WHERE id = 1") == "one");
    REQUIRE(db->run("SELECT name FROM watched"));
  }
  CHECK(db->watched_writes() == before);
}

TEST_CASE("a statement that was prepared before the watch began counts, too, and so does a script") {
  auto db = std::move(Connection::open(":memory:", Connection::Mode::read_write)).value();
  REQUIRE(db->run_script("CREATE TABLE watched (id INTEGER PRIMARY KEY)"));
  constexpr Sql kInsert = "INSERT INTO watched DEFAULT VALUES";
  REQUIRE(db->run(kInsert));
  db->watch_writes(is_watched);
  for (std::uint64_t time = 1; time <= 3; ++time) {
    REQUIRE(db->run(kInsert));
    CHECK(db->watched_writes() == time);
  }
  REQUIRE(db->run_script("DELETE FROM watched"));
  CHECK(db->watched_writes() == 4);
}
