#include "common/base/uuid.hpp"
#include "common/evidence/database_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

// The check of a log and its messages in pieces, while the log grows.
using namespace wardroom;
using namespace wardroom::testing;
using evidence::DatabaseCheck;
using evidence::TablesCheck;

namespace {

// An office that wrote more than a check takes at once, with a change of every tenth message some commits
// later.
struct LongOffice {
  explicit LongOffice(int messages, std::chrono::milliseconds between_commits = std::chrono::seconds{3})
      : between(between_commits) {
    db = std::move(*store::open_database(temp.path() / "wardroom.db"));
    REQUIRE(db->run_script("PRAGMA synchronous = OFF"));
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    author = *store::insert_user(*db, {"bob", "Bob", protocol::Role::member, "", false}, now);
    store::WriteTx tx{*db, now, {}};
    audit::Record made{.type = audit::Type::user_created};
    made.target = {"user", author.value, "bob"};
    made.after = {{"role", "member"}};
    audit::append_record(tx, made);
    room =
        *store::insert_room(*db, {"ops", "ops", std::nullopt, protocol::RoomKind::public_, "", author}, now);
    audit::Record opened{.type = audit::Type::room_created};
    opened.target = {"room", room.value, "ops"};
    opened.room = room;
    opened.actor = {audit::Actor::Kind::user, author, "bob", "member"};
    opened.after = {{"kind", "public"}};
    audit::append_record(tx, opened);
    store::insert_member(*db, room, author, protocol::RoomRole::moderator, now);
    REQUIRE(transaction.commit());
    write(messages);
  }

  void write(int messages) {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    for (int i = 0; i < messages; ++i) commit();
    REQUIRE(transaction.commit());
  }
  void commit() {
    store::WriteTx tx{*db, now += between, {}};
    const auto posted = store::insert_message(
        *db, {room, author, make_uuid7(now), now, "message " + std::to_string(count), std::nullopt});
    tx.commitments.push_back({posted.commitment, room, author});
    newest.push_back(posted.seq);
    if (count % 10 == 5) change(tx, newest[newest.size() - 4]);
    if (count == 7) change(tx, newest.front());
    audit::append_commitments(tx, counts);
    ++count;
  }
  void change(store::WriteTx& tx, Seq seq) {
    const auto changed = store::insert_version(
        *db, room, *store::find_message(*db, room, seq),
        {protocol::MessageVersion::Act::edited, author, now, "corrected " + std::to_string(count), {}});
    tx.commitments.push_back({changed.commitment, room, author});
  }
  // As retention does, with its record.
  void remove_oldest(int messages) {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, now, {}};
    const auto last =
        db->find<std::int64_t>("SELECT seq FROM messages ORDER BY id LIMIT 1 OFFSET ?", messages - 1);
    const auto states = db->find<std::int64_t>("SELECT sum(version) FROM messages WHERE seq <= ?", *last);
    db->run("DELETE FROM message_versions WHERE seq <= ?", *last);
    db->run("DELETE FROM messages WHERE seq <= ?", *last);
    db->run("UPDATE rooms SET removed = removed + ?", messages);
    audit::Record record{.type = audit::Type::retention_applied};
    record.room = room;
    record.after = {{"messages", messages}, {"states", *states}};
    audit::append_record(tx, record);
    REQUIRE(transaction.commit());
  }

  const std::chrono::milliseconds between;
  TempDir temp;
  std::unique_ptr<sqlite::Connection> db;
  TimePoint now = from_unix_ms(1795160000000);
  UserId author;
  RoomId room;
  int count = 0;
  std::vector<Seq> newest;
  audit::CommitmentCounts counts;
};

// One whole piece in a transaction of its own.
template <class Check>
bool step(Check& check, sqlite::Connection& db) {
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  const auto more = check.step(db);
  REQUIRE(more);
  return *more;
}
template <class Check>
auto finish(Check& check, sqlite::Connection& db) {
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  auto report = check.finish(db);
  REQUIRE(report);
  return *report;
}
std::string all(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("in pieces, while people write on, a sound office is found sound") {
  LongOffice office(7000);
  TablesCheck tables;
  int pieces = 0;
  while (step(tables, *office.db)) {
    ++pieces;
    office.write(50);
  }
  CHECK(pieces > 4);
  const auto report = finish(tables, *office.db);
  INFO(all(report.findings));
  CHECK(report.is_sound());
  CHECK(all(report.confirmed)
            .find("messages: " + std::to_string(office.count + office.count / 10 + 1) + " states") !=
        std::string::npos);

  const auto log = *DatabaseCheck::make({});
  pieces = 0;
  while (step(*log, *office.db)) {
    ++pieces;
    office.write(50);
  }
  CHECK(pieces > 6);
  const auto whole = finish(*log, *office.db);
  INFO(all(whole.findings));
  CHECK(whole.is_sound());
  CHECK(whole.size == *office.db->find<std::int64_t>("SELECT count(*) FROM audit_records"));
}

TEST_CASE(
    "changes are met, too, when thousands of messages come within the seconds that a clock may be off") {
  LongOffice office(7000, std::chrono::milliseconds{1});
  TablesCheck tables;
  while (step(tables, *office.db)) office.write(50);
  const auto report = finish(tables, *office.db);
  INFO(all(report.findings));
  CHECK(report.is_sound());
}

TEST_CASE("in pieces each change behind the log's back is found, wherever it lies") {
  LongOffice office(7000);
  const auto findings = [&](const std::string& tampering) {
    REQUIRE(office.db->run_script("SAVEPOINT forged; " + tampering));
    TablesCheck tables;
    for (auto more = tables.step(*office.db); more && *more;) more = tables.step(*office.db);
    const auto report = tables.finish(*office.db);
    REQUIRE(report);
    REQUIRE(office.db->run_script("ROLLBACK TO forged; RELEASE forged"));
    return all(report->findings);
  };
  // Changes take numbers of the room, too.
  const std::string tenth = "seq = (SELECT seq FROM messages ORDER BY id LIMIT 1 OFFSET 9)";
  const std::string late =
      "seq = (SELECT seq FROM messages WHERE version = 1 ORDER BY id LIMIT 1 OFFSET 3000)";
  CHECK(findings("SELECT 1") == "");
  CHECK(findings("UPDATE messages SET text = 'forged' WHERE " + tenth)
            .find("of room 1: state 1 isn't what was written") != std::string::npos);
  CHECK(findings("UPDATE message_versions SET text = 'forged' WHERE version = 2 AND seq = 1") != "");
  CHECK(findings("UPDATE message_versions SET at = at + 36000000 WHERE version = 2 AND seq = 1") != "");
  CHECK(findings("UPDATE messages SET text = 'forged' WHERE seq = (SELECT max(seq) FROM messages)") != "");
  CHECK(findings("UPDATE messages SET id = -id WHERE " + tenth) == "");  // a number that nothing goes by
  CHECK(findings("UPDATE messages SET id = -id, text = 'forged' WHERE " + tenth) != "");
  CHECK(findings("DELETE FROM messages WHERE " + late).find("1 of them are of record") != std::string::npos);
  CHECK(findings(
            "INSERT INTO message_versions SELECT room_id, 99999, 1, 'posted', at, by_id, '', 'forged', salt"
            " FROM message_versions LIMIT 1") != "");
}

TEST_CASE("what retention removes during a check is no finding, and what went besides is one") {
  LongOffice office(7000);
  office.remove_oldest(100);
  const auto check_with = [&](int removed, const std::string& tampering) {
    TablesCheck tables;
    for (int i = 0; i < 6; ++i) step(tables, *office.db);
    if (removed > 0) office.remove_oldest(removed);
    REQUIRE(office.db->run_script(tampering));
    while (step(tables, *office.db)) {
    }
    return finish(tables, *office.db);
  };
  const auto report = check_with(50, "");
  INFO(all(report.findings));
  CHECK(report.is_sound());
  CHECK(all(report.not_proven).find("during the check") != std::string::npos);
  CHECK(check_with(0, "").is_sound());
  CHECK_FALSE(
      check_with(0, "DELETE FROM messages WHERE version = 1 AND seq > (SELECT max(seq) - 9 FROM messages)")
          .is_sound());
}

TEST_CASE("a clock that is set back during a check makes it less sure, not wrong") {
  LongOffice office(5000);
  TablesCheck tables;
  while (step(tables, *office.db)) {
  }
  office.now -= std::chrono::hours{3};
  {
    sqlite::Transaction transaction(*office.db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*office.db, office.now, {}};
    audit::append_record(tx, audit::Record{.type = audit::Type::clock_jump});
    REQUIRE(transaction.commit());
  }
  office.write(100);
  const auto report = finish(tables, *office.db);
  INFO(all(report.findings));
  CHECK(report.wrong == 0);
  CHECK(report.unproven == 10);
  TablesCheck next;
  CHECK(finish(next, *office.db).is_sound());
}
