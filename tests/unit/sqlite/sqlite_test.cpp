#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "common/sqlite/connection.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::sqlite;

namespace {

std::unique_ptr<Connection> memory() {
  auto db = std::move(Connection::open(":memory:", Connection::Mode::read_write)).value();
  REQUIRE(db->run_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB)"));
  return db;
}

std::int64_t rows(Connection& db) {
  return db.find<std::int64_t>("SELECT count(*) FROM t").value_or(-1);
}

}  // namespace

TEST_CASE("values come back as they went in") {
  auto db = memory();
  const std::string text("a\0b", 3);
  REQUIRE(db->run("INSERT INTO t VALUES (?,?,?)", UserId{7}, text, sha256(as_bytes("x"))));
  auto cursor = db->query("SELECT a, b, c, NULL FROM t");
  REQUIRE(cursor.step());
  CHECK(cursor.get<UserId>(0) == UserId{7});
  CHECK(cursor.get<std::string>(1) == text);
  CHECK(cursor.get<Bytes>(2).size() == 32);
  CHECK_FALSE(cursor.get<std::optional<std::string>>(3));
  CHECK_FALSE(cursor.step());
}

TEST_CASE(
    "an inspection sees a row that its table doesn't allow, writes nothing and leaves the log where it is") {
  const testing::TempDir temp;
  const auto file = temp.path() / "some.db";
  {
    auto db = std::move(Connection::open(file, Connection::Mode::read_write)).value();
    sqlite3_db_config(db->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    REQUIRE(
        db->run_script("PRAGMA journal_mode = WAL; CREATE TABLE t(a TEXT CHECK (a <> 'x'));"
                       "PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES ('x')"));
  }
  const auto log = temp.path() / "some.db-wal";
  const auto size = std::filesystem::file_size(log);
  REQUIRE(size > 0);
  const auto said = [&](Connection::Mode mode) {
    auto db = std::move(Connection::open(file, mode)).value();
    CHECK_FALSE(db->run("INSERT INTO t VALUES ('y')"));
    db->clear_error();
    return db->find<std::string>("PRAGMA integrity_check(1)").value_or("");
  };
  CHECK(said(Connection::Mode::inspect) == "CHECK constraint failed in t");
  CHECK(std::filesystem::file_size(log) == size);
  // Why there is such a mode: this is SQLite's answer.
  CHECK(said(Connection::Mode::read_only) == "ok");
  CHECK(rows(*std::move(Connection::open(file, Connection::Mode::read_only)).value()) == 1);
}

TEST_CASE("after a failed statement nothing of the transaction can be committed") {
  auto db = memory();
  {
    Transaction tx(*db, Transaction::Kind::write);
    CHECK(db->run("INSERT INTO t(a) VALUES (1)"));
    CHECK_FALSE(db->run("INSERT INTO t(a) VALUES (1)"));
    CHECK_FALSE(db->run("INSERT INTO t(a) VALUES (2)"));  // does nothing any more
    CHECK_FALSE(tx.commit());
  }
  CHECK_FALSE(db->failure());
  CHECK(rows(*db) == 0);
}

TEST_CASE("what kept a transaction from its commit is still known when it is undone") {
  auto db = memory();
  REQUIRE(
      db->run_script("PRAGMA foreign_keys = ON;"
                     "CREATE TABLE u(a REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED)"));
  Transaction tx(*db, Transaction::Kind::write);
  CHECK(db->run("INSERT INTO u VALUES (1)"));
  CHECK_FALSE(tx.commit());  // only the COMMIT fails, and leaves the transaction open
  CHECK(tx.failure_code() == SQLITE_CONSTRAINT_FOREIGNKEY);
  CHECK_FALSE(db->in_transaction());
}

TEST_CASE(
    "a transaction that is interrupted at any step, of its BEGIN and ROLLBACK, too, is none afterwards") {
  for (const auto kind : {Transaction::Kind::read, Transaction::Kind::write}) {
    auto db = memory();
    for (int at = 1;; ++at) {
      INFO("step " << at);
      int left = at;
      const auto interrupt_once = [](void* steps) { return --*static_cast<int*>(steps) == 0 ? 1 : 0; };
      sqlite3_progress_handler(db->handle(), 1, interrupt_once, &left);
      {
        Transaction tx(*db, kind);
        rows(*db);
      }
      sqlite3_progress_handler(db->handle(), 0, nullptr, nullptr);
      db->clear_error();
      REQUIRE_FALSE(db->in_transaction());
      REQUIRE(rows(*db) == 0);
      if (left <= 0) continue;
      CHECK(at > 5);
      break;
    }
  }
}

TEST_CASE("a savepoint is undone alone") {
  auto db = memory();
  Transaction tx(*db, Transaction::Kind::write);
  {
    Savepoint kept(*db);
    db->run("INSERT INTO t(a) VALUES (1)");
    kept.keep();
  }
  {
    Savepoint undone(*db);
    db->run("INSERT INTO t(a) VALUES (2)");
  }
  REQUIRE(tx.commit());
  CHECK(rows(*db) == 1);
}

TEST_CASE("a failing migration leaves the version before it") {
  auto db = memory();
  const Migration steps[] = {{1, "first", "CREATE TABLE u(x)"},
                             {2, "second", "CREATE TABLE v(x); CREATE TABLE u(x)"}};
  const auto result = migrate(*db, steps);
  REQUIRE_FALSE(result);
  CHECK(result.error().message.find("Migration 2 (second)") == 0);
  CHECK(*schema_version(*db) == 1);
  CHECK(db->run_script("CREATE TABLE v(x)"));  // nothing of step 2 stayed
}

TEST_CASE("a database of a newer program is refused") {
  auto db = memory();
  REQUIRE(db->run_script("PRAGMA user_version = 9"));
  const auto result = migrate(*db, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().reason == "schema_too_new");
}
