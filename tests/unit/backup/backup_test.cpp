#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/evidence/database_check.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
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
  Result<ops::BackupSummary> back_up() { return app::back_up_offline(dir(), file(), clock.now()); }
  Result<ops::BackupSummary> restore(const fs::path& to) {
    clock.advance(std::chrono::hours{1});
    return ops::restore_backup(file(), to, "rehearsal", clock.now());
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

TEST_CASE(
    "a backup is its owner's alone, has the record that it was begun, and the office the one that it was "
    "checked") {
  Place place;
  REQUIRE(place.back_up());
  struct stat info {};
  REQUIRE(::stat(place.file().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK_FALSE(fs::exists(place.file().string() + ".part"));
  auto copy = sqlite::Connection::open(place.file(), sqlite::Connection::Mode::read_only);
  REQUIRE(copy);
  CHECK((*copy)->find<std::string>("SELECT type FROM audit_records ORDER BY idx DESC LIMIT 1") ==
        "server.backup_created");
  CHECK(open(place.dir().database())
            ->find<std::string>("SELECT type FROM audit_records ORDER BY idx DESC LIMIT 1") ==
        "server.backup_verified");
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
  CHECK_FALSE(fs::exists(place.file().string() + ".part"));
  const auto line = open(place.dir().database())
                        ->find<std::string>("SELECT line FROM audit_records ORDER BY idx DESC LIMIT 1");
  CHECK(line->find("\"outcome\":\"failure\"") != std::string::npos);
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
      ops::restore_backup(place.dir().config(), place.temp.path() / "new", "why", place.clock.now());
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
