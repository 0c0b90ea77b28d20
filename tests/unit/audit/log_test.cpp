#include "server/audit/log.hpp"

#include <set>

#include <catch2/catch.hpp>

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

TEST_CASE("a record is one line with its fields in order, and stays under 8 KiB") {
  Record record{.type = Type::user_disabled, .outcome = Outcome::success, .reason = "left \"us\"\n"};
  record.actor = {Actor::Kind::user, UserId{3}, "root", "admin"};
  record.target = {"user", 7, std::string(5000, 'x')};
  record.after = "{\"big\":\"" + std::string(50'000, 'y') + "\"}";
  const std::string line = compose_line(record, AuditIndex{0}, from_unix_ms(1795160000123));
  CHECK(line.size() < 8192);
  CHECK(line.find('\n') == std::string::npos);
  CHECK(line.starts_with(R"({"v":1,"idx":0,"id":")"));
  CHECK(
      line.find(
          R"("ts":"2026-11-20T07:33:20.123Z","type":"user.disabled","severity":"warning","outcome":"success","reason":"left \"us\"\n","actor":{"type":"user","id":3,"name":"root","role":"admin"},"target":)") !=
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
  CHECK(check_records(db));
  CHECK_FALSE(db.run("UPDATE audit_records SET line = 'x' WHERE idx = 2"));
  db.clear_error();
  CHECK_FALSE(db.run("DELETE FROM audit_records WHERE idx = 2"));
  db.clear_error();
  REQUIRE(
      db.run_script("DROP TRIGGER audit_records_no_update; UPDATE audit_records SET line = replace(line, "
                    "'success', 'failure') WHERE idx = 2"));
  CHECK(check_records(db).error().message.find("Audit record 2") == 0);
}

TEST_CASE("queries page both ways without a gap, by type, actor and text") {
  testing::TempDir dir;
  auto opened = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(opened);
  auto& db = **opened;
  store::WriteTx tx{db, from_unix_ms(1000), {}};
  for (int i = 0; i < 30; ++i) {
    Record record{.type = i % 3 == 0 ? Type::login_ok : Type::room_created};
    record.actor = {Actor::Kind::user, UserId{1 + i % 2}, "p", "member"};
    record.reason = i == 7 ? "needle_100%" : "";
    tx.now = from_unix_ms(1000 + i);
    append_record(tx, record);
  }
  protocol::AuditQuery::Params filter;
  std::vector<std::int64_t> seen;
  for (bool more = true; more;) {
    const auto page = query_records(db, filter, 7);
    for (const auto& record : page.records) seen.push_back(record.idx.value);
    filter.before = page.records.back().idx;
    more = page.more;
  }
  REQUIRE(seen.size() == 30);
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == 29 - static_cast<std::int64_t>(i));

  const auto count = [&](auto set) {
    protocol::AuditQuery::Params p;
    set(p);
    return query_records(db, p, 100).records.size();
  };
  CHECK(count([](auto& p) { p.type = "auth.*"; }) == 10);
  CHECK(count([](auto& p) { p.type = "room.created"; }) == 20);
  CHECK(count([](auto& p) { p.type = "room.create"; }) == 0);
  CHECK(count([](auto& p) { p.actor = UserId{2}; }) == 15);
  CHECK(count([](auto& p) { p.text = "needle_100%"; }) == 1);
  CHECK(count([](auto& p) { p.text = "needle%100"; }) == 0);
  CHECK(count([](auto& p) {
          p.since = from_unix_ms(1010);
          p.until = from_unix_ms(1020);
        }) == 10);
  CHECK(count([](auto& p) { p.after = AuditIndex{27}; }) == 2);
}
