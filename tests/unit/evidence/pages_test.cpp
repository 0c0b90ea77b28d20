#include <catch2/catch.hpp>

#include "common/evidence/tables_check.hpp"

using namespace wardroom;

TEST_CASE("an index that finds a row by another value is found, though every row is what it was") {
  const auto db =
      std::move(sqlite::Connection::open(":memory:", sqlite::Connection::Mode::read_write)).value();
  REQUIRE(
      db->run_script("CREATE TABLE sessions (id INTEGER PRIMARY KEY, token TEXT NOT NULL);"
                     "CREATE INDEX sessions_token ON sessions (token);"
                     "INSERT INTO sessions VALUES (1, 'hers'), (2, 'his')"));
  evidence::TablesReport before;
  evidence::check_pages(*db, before);
  CHECK(before.is_sound());
  CHECK(before.confirmed.size() == 1);

  const auto root =
      db->find<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = 'sessions_token'");
  REQUIRE(root);
  REQUIRE(
      db->run_script("UPDATE sessions SET token = 'mine' WHERE id = 2;"
                     "PRAGMA writable_schema = ON;"
                     "DELETE FROM sqlite_schema WHERE name = 'sessions_token';"
                     "PRAGMA writable_schema = RESET;"
                     "UPDATE sessions SET token = 'his' WHERE id = 2;"
                     "PRAGMA writable_schema = ON"));
  REQUIRE(db->run(
      "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES"
      " ('index', 'sessions_token', 'sessions', ?, 'CREATE INDEX sessions_token ON sessions (token)')",
      *root));
  REQUIRE(db->run_script("PRAGMA writable_schema = RESET"));
  REQUIRE(db->find<std::int64_t>("SELECT id FROM sessions WHERE token = 'mine'") == 2);
  evidence::TablesReport after;
  evidence::check_pages(*db, after);
  CHECK(after.wrong > 0);
  CHECK(after.confirmed.empty());
}
