#include <algorithm>
#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/evidence/database_check.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/house_commands.hpp"
#include "server/app/initialise.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

// An office as `wardroomd init` makes it.
struct Place {
  Place() {
    REQUIRE(sodium_init() >= 0);
    app::Options options;
    options.server.hosts = {"localhost"};
    REQUIRE(app::initialise(root(), options, clock));
  }
  fs::path root() const { return temp.path() / "data"; }
  fs::path file() const { return temp.path() / "backup.db"; }
  ops::DataDir dir() const { return {root()}; }
  Result<ops::BackupSummary> back_up() { return app::back_up_offline(dir(), file(), clock); }
  Result<ops::BackupSummary> restore(const fs::path& to) {
    clock.advance(std::chrono::hours{1});
    return ops::restore_backup(file(), to, "rehearsal", clock);
  }

  TempDir temp;
  FakeClock clock;
};

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::unique_ptr<sqlite::Connection> open(const fs::path& file) {
  auto db = store::open_database(file);
  REQUIRE(db);
  return std::move(*db);
}

// How many files were left in the folder by what didn't end.
std::ptrdiff_t unfinished(const fs::path& folder) {
  return std::count_if(fs::directory_iterator(folder), fs::directory_iterator(),
                       [](const auto& entry) { return entry.path().extension() == ".part"; });
}

// A record that isn't what was written, behind the triggers' back.
void tamper(const fs::path& database) {
  REQUIRE(
      open(database)->run_script("DROP TRIGGER audit_records_no_update; UPDATE audit_records SET line = "
                                 "replace(line, 'member', 'guest')"));
}

}  // namespace

TEST_CASE("a restored directory has the same keys, a sound log that says so, and an epoch of its own") {
  Place place;
  const auto written = place.back_up();
  INFO((written ? "" : written.error().message));
  REQUIRE(written);
  const fs::path again = place.temp.path() / "again";
  const auto restored = place.restore(again);
  INFO((restored ? "" : restored.error().message));
  REQUIRE(restored);
  CHECK(restored->records == written->records);
  for (const auto* name : {"wardroom.toml", "tls/ca.crt", "tls/server.key", "keys/seal.key", "keys/ca.key"})
    CHECK(contents(place.root() / name) == contents(again / name));
  // Of an office that was never started, too: without it no start would be possible.
  REQUIRE(fs::exists(again / "keys/newest-head"));
  REQUIRE(ops::open_data_dir(again));
  auto db = open(again / "wardroom.db");
  const auto log = evidence::check_database(*db, {});
  REQUIRE(log);
  CHECK(log->is_sound());
  CHECK(store::check_database(*db));
  const auto first_after =
      db->find<std::string>("SELECT line FROM audit_records WHERE idx = ?", written->records);
  REQUIRE(first_after);
  CHECK(first_after->find("server.backup_restored") != std::string::npos);
  CHECK(first_after->find("\"size\":" + std::to_string(written->records)) != std::string::npos);
  CHECK(first_after->find("rehearsal") != std::string::npos);
  CHECK(store::load_epoch(*db) != store::load_epoch(*open(place.dir().database())));
  // The database is worth nothing without the keys, so they must not have stayed in it.
  CHECK(contents(again / "wardroom.db").find("PRIVATE KEY") == std::string::npos);
  CHECK_FALSE(db->find<std::int64_t>("SELECT 1 FROM sqlite_schema WHERE name = 'sqlar'"));
}

// The server keeps the newest head there every second: it may come and go while the folder is read.
TEST_CASE("a file of the keys that is being written isn't taken along, and doesn't fail the backup") {
  Place place;
  std::ofstream(place.root() / "keys/newest-head.new") << "half";
  const auto written = place.back_up();
  INFO((written ? "" : written.error().message));
  REQUIRE(written);
  const fs::path again = place.temp.path() / "again";
  REQUIRE(place.restore(again));
  CHECK_FALSE(fs::exists(again / "keys/newest-head.new"));
}

TEST_CASE(
    "a backup is its owner's alone, has the record that it was begun, and the office the one that it was "
    "checked") {
  Place place;
  REQUIRE(place.back_up());
  struct stat info {};
  REQUIRE(::stat(place.file().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(unfinished(place.file().parent_path()) == 0);
  auto copy = sqlite::Connection::open(place.file(), sqlite::Connection::Mode::read_only);
  REQUIRE(copy);
  CHECK((*copy)->find<std::string>("SELECT type FROM audit_records ORDER BY idx DESC LIMIT 1") ==
        "server.backup_begun");
  CHECK(open(place.dir().database())
            ->find<std::string>("SELECT type FROM audit_records ORDER BY idx DESC LIMIT 1") ==
        "server.backup_verified");
}

namespace {

// Somebody who can write the file: an account that no record speaks of.
void slip_in_account(const fs::path& database) {
  REQUIRE(open(database)->run_script(
      "INSERT INTO users (name, display_name, role, created_at) VALUES ('eve', 'Eve', 'admin', 0)"));
}

}  // namespace

TEST_CASE("a copy whose tables don't hold against the log is no backup, as `wardroomd check` says") {
  Place place;
  REQUIRE(place.back_up());
  const std::string good = contents(place.file());
  slip_in_account(place.dir().database());
  const auto refused = place.back_up();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "tables_damaged");
  CHECK(refused.error().message.find("wardroomd check") != std::string::npos);
  CHECK(contents(place.file()) == good);
}

TEST_CASE("a copy with a row that its table doesn't allow is no backup") {
  Place place;
  REQUIRE(place.back_up());
  const std::string good = contents(place.file());
  REQUIRE(
      open(place.dir().database())
          ->run_script("PRAGMA ignore_check_constraints = ON; INSERT INTO users (name, display_name, role, "
                       "created_at) VALUES ('eve', 'Eve', 'owner', 0)"));
  const auto refused = place.back_up();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("CHECK constraint failed in users") != std::string::npos);
  CHECK(contents(place.file()) == good);
}

TEST_CASE("a restore on trial looks at the tables, too") {
  Place place;
  REQUIRE(place.back_up());
  const fs::path again = place.temp.path() / "again";
  REQUIRE(place.restore(again));
  const auto sound = app::check_restored({again}, place.clock.now());
  INFO((sound ? "" : sound.error().message));
  CHECK(sound);
  slip_in_account(again / "wardroom.db");
  const auto checked = app::check_restored({again}, place.clock.now());
  REQUIRE_FALSE(checked);
  CHECK(checked.error().reason == "tables_damaged");
}

TEST_CASE("a copy whose log doesn't hold never becomes a backup, and the one before stays") {
  Place place;
  REQUIRE(place.back_up());
  const std::string good = contents(place.file());
  tamper(place.dir().database());
  const auto refused = place.back_up();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "audit_log_damaged");
  CHECK(contents(place.file()) == good);
  CHECK(unfinished(place.file().parent_path()) == 0);
  auto db = open(place.dir().database());
  const auto line = db->find<std::string>("SELECT line FROM audit_records ORDER BY idx DESC LIMIT 1");
  CHECK(line->find("\"server.backup_created\"") != std::string::npos);
  CHECK(line->find("\"outcome\":\"failure\"") != std::string::npos);
  // Of the one before, and of no other.
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'server.backup_created' AND "
                               "outcome = 'success'") == 1);
  const auto last = app::find_last_backup(*db);
  CHECK(last.verified);
  CHECK(last.failed);
}

TEST_CASE("a backup that was tampered with isn't restored, and leaves nothing") {
  Place place;
  REQUIRE(place.back_up());
  tamper(place.file());
  const fs::path again = place.temp.path() / "again";
  REQUIRE_FALSE(place.restore(again));
  CHECK(fs::is_empty(again));
}

TEST_CASE("nothing is restored over something, and nothing but a backup is restored") {
  Place place;
  REQUIRE(place.back_up());
  const auto over = place.restore(place.root());
  REQUIRE_FALSE(over);
  CHECK(over.error().reason == "directory_not_empty");
  const auto foreign =
      ops::restore_backup(place.dir().config(), place.temp.path() / "new", "why", place.clock);
  REQUIRE_FALSE(foreign);
  CHECK_FALSE(fs::exists(place.temp.path() / "new"));
}

TEST_CASE("a backup can't place files outside of the directory") {
  Place place;
  REQUIRE(place.back_up());
  for (const auto* name : {"../outside", "keys/../../outside", "/tmp/outside", "run/lock", "keys/"}) {
    auto db = open(place.file());
    db->run("INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, 33152, 0, 1, 'x')",
            std::string(name));
    db.reset();
    INFO(name);
    const fs::path again = place.temp.path() / "again";
    REQUIRE_FALSE(place.restore(again));
    CHECK_FALSE(fs::exists(place.temp.path() / "outside"));
    open(place.file())->run("DELETE FROM sqlar WHERE name = ?", std::string(name));
  }
}

TEST_CASE("a backup that can't be written is a failure on record") {
  Place place;
  const auto refused = app::back_up_offline(place.dir(), place.temp.path() / "nowhere" / "b.db", place.clock);
  REQUIRE_FALSE(refused);
  const auto last = app::find_last_backup(*open(place.dir().database()));
  CHECK(last.failed);
  CHECK_FALSE(last.verified);
}

TEST_CASE("backups in a folder are known by their names, the newest first, and links and others aren't") {
  TempDir temp;
  const TimePoint at = from_unix_ms(1'795'000'000'000);
  const std::chrono::days day{1};
  for (int i = 0; i < 4; ++i) std::ofstream(temp.path() / ops::backup_name(at - i * day)) << "copy";
  std::ofstream(temp.path() / "wardroom-2026-02-31T00-00-00Z.db") << "no such day";
  std::ofstream(temp.path() / (ops::backup_name(at) + ".0123abcd.part")) << "half";
  std::ofstream(temp.path() / "notes.txt") << "mine";
  fs::create_symlink(temp.path() / "notes.txt", temp.path() / ops::backup_name(at + day));
  const auto backups = ops::list_backups(temp.path());
  REQUIRE(backups);
  REQUIRE(backups->size() == 4);
  for (int i = 0; i < 4; ++i) CHECK((*backups)[static_cast<std::size_t>(i)].at == at - i * day);
  CHECK((*backups)[0].bytes == 4);
  CHECK_FALSE(ops::list_backups(temp.path() / "nowhere"));
}

TEST_CASE("a reading of the clock years ahead makes no backup of before old enough to be removed") {
  Place place;
  const fs::path folder = place.temp.path() / "backups";
  fs::create_directory(folder);
  app::Options options;
  options.server.hosts = {"localhost"};
  options.backup = {.folder = folder.string(), .keep = 1, .days = std::chrono::days{7}, .recipient = {}};
  std::ofstream(place.dir().config()) << app::compose_options_file(options);
  const std::chrono::days day{1};
  const auto old = folder / ops::backup_name(place.clock.now() - day);
  std::ofstream(old) << "copy";
  const auto back_up = [&] { return app::run_backup({.data = place.root().string()}, place.clock); };

  place.clock.move_wall(3 * 366 * day);
  CHECK(back_up() == 0);
  CHECK(fs::exists(old));
  // Once a person says that three years have passed, they have.
  REQUIRE(app::confirm_clock_offline(place.dir(), "it is right", place.clock));
  place.clock.advance(std::chrono::seconds{1});
  CHECK(back_up() == 0);
  CHECK_FALSE(fs::exists(old));
}

TEST_CASE("the newest backups stay however old they are, and of the rest those that are young") {
  const TimePoint at = from_unix_ms(1'795'000'000'000);
  const std::chrono::days day{1};
  std::vector<ops::KeptBackup> all;
  for (int i = 0; i < 10; ++i) all.push_back({"b" + std::to_string(i), at - i * day, 1});
  const auto surplus = [&](std::size_t keep, int days, TimePoint now) {
    std::string names;
    for (const auto& one : ops::choose_surplus(all, keep, std::chrono::days{days}, now))
      names += one.file.string();
    return names;
  };
  CHECK(surplus(3, 7, at) == "b8b9");
  CHECK(surplus(3, 0, at) == "b3b4b5b6b7b8b9");
  CHECK(surplus(3, 7, at + 100 * day) == "b3b4b5b6b7b8b9");
  CHECK(surplus(20, 0, at + 100 * day).empty());
}
