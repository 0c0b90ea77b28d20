#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "server/audit/denial_log.hpp"
#include "server/audit/failure_log.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

// Failures and denials that are counted rather than written: each is in the log in the end.
using namespace wardroom;
using namespace wardroom::audit;
using namespace std::chrono_literals;

namespace {

struct CountedFailures {
  CountedFailures() : db(*store::open_database(dir.path() / "wardroom.db")) {}

  void fail(int times) {
    commit([&](store::WriteTx& tx) {
      Record record{.type = Type::login_fail, .outcome = Outcome::failure, .ip = "192.0.2.1"};
      for (int i = 0; i < times; ++i) failures.append(tx, record);
    });
  }
  void deny(int times) {
    commit([&](store::WriteTx& tx) {
      Record record{.type = Type::access_denied, .outcome = Outcome::denied, .reason = "role"};
      record.actor = {Actor::Kind::user, UserId{3}, "tom", "member"};
      record.target = {"method", 0, "admin.user_list"};
      for (int i = 0; i < times; ++i) denials.append(tx, record);
    });
  }
  void flush(bool all) {
    commit([&](store::WriteTx& tx) {
      failures.flush(tx, all);
      denials.flush(tx, all);
    });
  }
  template <class Act>
  void commit(const Act& act, bool is_kept = true) {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, clock.now(), {}};
    act(tx);
    if (is_kept) {
      REQUIRE(transaction.commit());
      return;
    }
    for (; !tx.undo.empty(); tx.undo.pop_back()) tx.undo.back()();  // as the writer does
  }
  std::int64_t count(const char* type) {
    return db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type).value_or(-1);
  }
  // Of all records of the type.
  std::int64_t sum(const char* type, const char* field) {
    return db
        ->find<std::int64_t>(
            "SELECT coalesce(sum(json_extract(line, '$.after.' || ?2)), 0) FROM audit_records WHERE type = "
            "?1",
            type, field)
        .value_or(-1);
  }
  std::int64_t failures_known() {
    return count("auth.login.fail") + sum("auth.login.throttled", "suppressed");
  }
  std::int64_t denials_known() { return count("access.denied") + sum("access.denied", "further"); }

  testing::TempDir dir;
  std::unique_ptr<sqlite::Connection> db;
  FakeClock clock;
  FailureLog failures;
  DenialLog denials;
};

}  // namespace

TEST_CASE("a stop writes down what was counted in a minute that isn't over") {
  CountedFailures log;
  log.fail(30);
  log.deny(30);
  log.clock.advance(20s);
  log.flush(false);
  CHECK(log.failures_known() == 20);
  log.flush(true);
  CHECK(log.failures_known() == 30);
  CHECK(log.count("auth.login.throttled") == 1);
  CHECK(log.denials_known() == 1 + 1 + 29);  // the first, and the one that counts the others
  log.flush(true);                           // nothing twice
  CHECK(log.failures_known() == 30);
}

TEST_CASE("a minute of failures is over when the clock was set back, too") {
  CountedFailures log;
  log.clock.move_wall(5h);
  log.fail(30);
  log.clock.advance(4s);
  log.clock.move_wall(-5h);
  log.flush(false);
  CHECK(log.failures_known() == 30);
  log.fail(30);
  CHECK(log.count("auth.login.fail") == 40);
  // And where no summary came between.
  log.clock.move_wall(-1h);
  log.fail(30);
  CHECK(log.count("auth.login.fail") == 60);
  CHECK(log.failures_known() == 80);
  log.clock.advance(1min);
  log.flush(false);
  CHECK(log.failures_known() == 90);
}

TEST_CASE("what was counted in a change that wasn't kept is counted, and summed up, again") {
  CountedFailures log;
  Record record{.type = Type::login_fail, .outcome = Outcome::failure, .ip = "192.0.2.1"};
  log.fail(15);
  log.commit(
      [&](store::WriteTx& tx) {
        for (int i = 0; i < 15; ++i) log.failures.append(tx, record);
      },
      false);
  CHECK(log.count("auth.login.fail") == 15);
  log.fail(15);
  CHECK(log.count("auth.login.fail") == 20);
  log.commit([&](store::WriteTx& tx) { log.failures.flush(tx, true); }, false);
  CHECK(log.count("auth.login.throttled") == 0);
  log.flush(true);
  CHECK(log.failures_known() == 30);
}
