#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>

#include "common/evidence/database_check.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/office_check.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/log.hpp"
#include "server/ops/backup.hpp"
#include "server/store/database.hpp"
#include "tests/harness/old_schema.hpp"
#include "tests/harness/temp_dir.hpp"

// A newer program brings an office's database to its schema, or leaves everything as it was.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

// An office that was served once, and has a person, a room and a message.
struct Upgraded {
  Upgraded() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(root(), options, clock));
    dir = *ops::open_data_dir(root());
    REQUIRE(serve());
    auto db = store::open_database(dir.database());
    REQUIRE(db);
    REQUIRE((*db)->run_script(
        "INSERT INTO users (id, name, display_name, role, created_at) VALUES (1, 'ada', 'Ada', 'member', 0);"
        "INSERT INTO rooms (id, name, name_key, kind, created_by, created_at, seq, count)"
        " VALUES (1, 'ops', 'ops', 'public', 1, 0, 1, 1);"
        "INSERT INTO messages (room_id, seq, author_id, client_id, at, count, text, salt)"
        " VALUES (1, 1, 1, x'00', 5, 1, 'as it was', x'00112233445566778899aabbccddeeff')"));
  }
  fs::path root() const { return temp.path() / "data"; }
  Result<void> serve() {
    auto appliance = app::Appliance::start(dir, options, clock);
    if (!appliance) return appliance.error();
    (*appliance)->stop();
    return ok();
  }
  int version() const { return version_in(dir.database()); }
  static int version_in(const fs::path& file) {
    auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    return *sqlite::schema_version(**db);
  }
  std::unique_ptr<sqlite::Connection> open() const {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_write);
    REQUIRE(db);
    return std::move(*db);
  }
  std::string bytes() const {
    std::ifstream in(dir.database(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(root()))
      if (const auto name = entry.path().filename().string(); !name.starts_with("wardroom.db-"))
        all.insert(name);  // without what SQLite has beside it
    return all;
  }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
};

bool has_message(sqlite::Connection& db) {
  return db.find<std::string>("SELECT text FROM messages WHERE room_id = 1 AND seq = 1") == "as it was";
}

}  // namespace

TEST_CASE("an office of every earlier schema is served again, and can be taken back to what it was") {
  Upgraded office;
  const int newest = store::newest_schema_version();
  for (int version = 1; version < newest; ++version) {
    INFO("schema version " << version);
    turn_back_schema(office.dir, version);
    // Before there were heads, none was kept.
    if (version < 3) fs::remove(office.dir.newest_head());
    if (version < 3)
      for (const auto& entry : fs::directory_iterator(office.dir.keys()))
        if (entry.path().filename().string().starts_with("audit-")) fs::remove(entry.path());
    REQUIRE(office.version() == version);
    const auto records = office.open()->find<std::int64_t>("SELECT count(*) FROM audit_records");
    const auto served = office.serve();
    INFO((served ? "" : served.error().message));
    REQUIRE(served);
    CHECK(office.version() == newest);
    const fs::path way_back = office.dir.upgrade() / ("wardroom-schema-" + std::to_string(version) + ".db");
    {
      auto db = office.open();
      CHECK(has_message(*db));
      const auto line =
          db->find<std::string>("SELECT line FROM audit_records WHERE idx = ?", records.value());
      REQUIRE(line);
      CHECK(line->find("\"type\":\"server.backup_created\"") != std::string::npos);
      CHECK(line->find(way_back.string()) != std::string::npos);
      // It lies on the same disk: the office is as much without a backup as before.
      CHECK_FALSE(app::find_last_backup(*db).verified);
      const auto log = evidence::check_database(*db, {});
      REQUIRE(log);
      CHECK(log->is_sound());
    }
    // The one way back, as the earlier program wrote its backups; this program reads it, too.
    CHECK(std::distance(fs::directory_iterator(office.dir.upgrade()), fs::directory_iterator()) == 1);
    CHECK(Upgraded::version_in(way_back) == version);
    const fs::path again = office.temp.path() / "again";
    const auto restored = ops::restore_backup(way_back, again, "the upgrade was a mistake", office.clock);
    INFO((restored ? "" : restored.error().message));
    REQUIRE(restored);
    CHECK(restored->records == records);
    auto db = sqlite::Connection::open(again / "wardroom.db", sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    CHECK(has_message(**db));
    db->reset();
    fs::remove_all(again);
    // Nothing is copied where nothing is to be done.
    const auto before = fs::last_write_time(way_back);
    REQUIRE(office.serve());
    CHECK(fs::last_write_time(way_back) == before);
  }
}

TEST_CASE("an upgrade leaves what is known of backups as it was: the newest one, and that the last failed") {
  Upgraded office;
  const auto last = [&] { return app::find_last_backup(*office.open()); };
  const auto append = [&](const app::LocalQuestion& question) {
    auto db = office.open();
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, office.clock.now(), {}};
    for (const auto& record : app::backup_records(question)) audit::append_record(tx, record);
    REQUIRE(transaction.commit());
  };
  using Act = app::LocalQuestion::Act;
  append({.act = Act::backup_ended, .to = "/backup/a.db", .records = 1, .bytes = 1});
  const auto verified = last().verified;
  REQUIRE(verified);
  append({.act = Act::backup_ended, .to = "/backup/b.db", .failure = "full"});
  REQUIRE(last().failed);
  turn_back_schema(office.dir, store::newest_schema_version() - 1);
  office.clock.advance(std::chrono::hours{3});
  REQUIRE(office.serve());
  CHECK(app::find_way_back(office.dir));
  CHECK(last().verified == verified);
  CHECK(last().failed);
}

TEST_CASE("an upgrade that fails changes nothing of the office, and says why and what to do") {
  Upgraded office;
  turn_back_schema(office.dir, 7);
  std::string said;
  SECTION("a migration fails") {
    REQUIRE(office.open()->run_script("ALTER TABLE commitment_chains DROP COLUMN before"));
    said = "Migration 8";
  }
  SECTION("what it leads to doesn't pass the check") {
    REQUIRE(office.open()->run_script("UPDATE rooms SET count = 9"));
    said = "counters of room 1";
  }
  REQUIRE(office.open()->run_script("PRAGMA wal_checkpoint(TRUNCATE)"));
  const std::string before = office.bytes();
  const auto names = office.names();
  const auto refused = office.serve();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "upgrade_failed");
  CHECK(refused.error().message.find("from schema version 7 to") != std::string::npos);
  CHECK(refused.error().message.find(said) != std::string::npos);
  CHECK(refused.error().message.find("Nothing of the office was changed") != std::string::npos);
  CHECK(office.version() == 7);
  CHECK(office.bytes() == before);
  auto now = office.names();
  now.erase("upgrade");
  CHECK(now == names);
}

TEST_CASE("an upgrade that lacks room is said by the check, before a start finds out") {
  Upgraded office;
  turn_back_schema(office.dir, store::newest_schema_version() - 1);
  const auto refusal = [&] {
    for (const auto& finding : app::check_office(office.dir, office.options, office.clock.now()))
      if (finding.refused) return finding.error;
    return Error{};
  };
  CHECK(refusal().message.empty());
  // Larger than its pages, and none of that is on the disk.
  fs::resize_file(office.dir.database(), fs::space(office.root()).available / 2);
  const auto started = office.serve();
  REQUIRE_FALSE(started);
  for (const auto& error : {refusal(), started.error()}) {
    CHECK(error.reason == "upgrade_failed");
    CHECK(error.message.find("MiB of free space") != std::string::npos);
  }
  CHECK(office.version() == store::newest_schema_version() - 1);
}

TEST_CASE("a database of a newer program isn't served, and the way back that its upgrade left is named") {
  Upgraded office;
  const int newest = store::newest_schema_version();
  turn_back_schema(office.dir, newest - 1);
  REQUIRE(office.serve());
  const auto way_back = app::find_way_back(office.dir);
  REQUIRE(way_back);
  const fs::path backup = office.temp.path() / "backup.db";
  REQUIRE(ops::write_backup(office.dir, backup));
  for (const auto& file : {office.dir.database(), backup}) {
    auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write);
    REQUIRE(db);
    REQUIRE((*db)->run_script("PRAGMA user_version = " + std::to_string(newest + 1)));
  }
  // However old it is: the program that is refused is the one that needs it.
  fs::last_write_time(*way_back, fs::file_time_type::clock::now() - std::chrono::years{10});
  const auto refused = office.serve();
  REQUIRE_FALSE(refused);
  CHECK(fs::exists(*way_back));
  CHECK(refused.error().reason == "schema_too_new");
  CHECK(refused.error().message.find("restore --from " + office.root().string() + ".newer/upgrade/" +
                                     way_back->filename().string() + " --data " + office.root().string()) !=
        std::string::npos);
  const auto restored = ops::restore_backup(backup, office.temp.path() / "new", "why not", office.clock);
  REQUIRE_FALSE(restored);
  CHECK(restored.error().message.find("is of a newer version of Wardroom") != std::string::npos);
  CHECK_FALSE(fs::exists(office.temp.path() / "new"));
}

TEST_CASE("the schema's version that a check prints is the database's, not the program's") {
  Upgraded office;
  const int newest = store::newest_schema_version();
  CHECK(*app::describe_schema(*office.open()) == "schema version " + std::to_string(newest));
  turn_back_schema(office.dir, newest - 2);
  CHECK(*app::describe_schema(*office.open()) == "schema version " + std::to_string(newest - 2) +
                                                     ", which the next start brings to " +
                                                     std::to_string(newest));
}

TEST_CASE("a way back that was written badly isn't called sound") {
  Upgraded office;
  turn_back_schema(office.dir, store::newest_schema_version() - 1);
  REQUIRE(office.serve());
  const auto way_back = app::find_way_back(office.dir);
  REQUIRE(way_back);
  CHECK(app::check_way_back(*way_back));
  // What was migrated and checked is its database: the file has that, and the office's files.
  CHECK(office.version_in(*way_back) == store::newest_schema_version() - 1);
  {
    std::fstream file(*way_back, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(4096, '\xff');
  }
  CHECK_FALSE(app::check_way_back(*way_back));
}

TEST_CASE("an upgrade looks at the way back itself, before it migrates a copy of it") {
  Upgraded office;
  turn_back_schema(office.dir, store::newest_schema_version() - 1);
  // VACUUM copies a row that breaks a rule as it is, so the way back has it, too.
  REQUIRE(office.open()->run_script(
      "PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'captain' WHERE id = 1"));
  const auto refused = office.serve();
  REQUIRE_FALSE(refused);
  INFO(refused.error().message);
  CHECK(refused.error().reason == "upgrade_failed");
  CHECK(refused.error().message.find("the backup of before isn't sound") != std::string::npos);
  CHECK(office.version() == store::newest_schema_version() - 1);
  CHECK_FALSE(app::find_way_back(office.dir));
}

TEST_CASE(
    "a start that is killed between the upgrade of an office without heads and what follows is repeated") {
  for (const int version : {1, 2})
    for (const bool is_replaced : {true, false}) {
      INFO("schema version " << version << (is_replaced ? ", the database in its place" : ", before that"));
      Upgraded office;
      turn_back_schema(office.dir, version);
      fs::remove(office.dir.newest_head());
      for (const auto& entry : fs::directory_iterator(office.dir.keys()))
        if (entry.path().filename().string().starts_with("audit-")) fs::remove(entry.path());
      const fs::path before = office.temp.path() / "before.db";
      fs::copy_file(office.dir.database(), before);
      const auto upgraded = app::upgrade_schema(office.dir, office.clock.now());
      INFO((upgraded ? "" : upgraded.error().message));
      REQUIRE(upgraded);
      REQUIRE(office.version() == store::newest_schema_version());
      if (!is_replaced) {
        for (const char* end : {"-wal", "-shm"}) fs::remove(office.dir.database().string() + end);
        fs::copy_file(before, office.dir.database(), fs::copy_options::overwrite_existing);
      }
      const auto served = office.serve();
      INFO((served ? "" : served.error().message));
      REQUIRE(served);
      auto db = office.open();
      CHECK(has_message(*db));
      CHECK(db->find<std::int64_t>("SELECT count(*) FROM audit_keys") == 1);
      CHECK(fs::exists(office.dir.newest_head()));
      const auto log = evidence::check_database(*db, {});
      REQUIRE(log);
      CHECK(log->is_sound());
    }
}

TEST_CASE("the way back goes when it is as old as backups become") {
  Upgraded office;
  turn_back_schema(office.dir, store::newest_schema_version() - 1);
  REQUIRE(office.serve());
  const auto way_back = app::find_way_back(office.dir);
  REQUIRE(way_back);
  const TimePoint made = SystemClock().now();  // as the file system has it
  app::remove_old_way_back(office.dir, std::chrono::days{30}, made + std::chrono::days{29});
  CHECK(fs::exists(*way_back));
  app::remove_old_way_back(office.dir, std::chrono::days{30}, made + std::chrono::days{31});
  CHECK_FALSE(fs::exists(*way_back));
}
