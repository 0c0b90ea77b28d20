#include "server/store/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "common/sqlite/migrations.hpp"
#include "schema/migrations.hpp"
#include "server/store/room_looks.hpp"

namespace wardroom::store {
namespace {

// wal_autocheckpoint: 16 MiB of log before pages move to the database, so that a page which many commits
// touch moves once.
constexpr const char* kPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA "
    "wal_autocheckpoint = 4000;"
    "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA "
    "trusted_schema = OFF;"
    "PRAGMA secure_delete = ON";

}  // namespace

Result<std::unique_ptr<sqlite::Connection>> open_database(const std::filesystem::path& file,
                                                          const char* vfs) {
  // A new one is its owner's alone from the first byte; the files beside it take after it.
  if (const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); made >= 0)
    ::close(made);
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write, vfs);
  if (!db) return db;
  if (auto done = (*db)->run_script(kPragmas); !done) return done.error();
  if (auto done = sqlite::migrate(**db, schema::migrations()); !done) return done.error();
  if (auto done = fill_room_looks(**db); !done) return done.error();
  return db;
}

Result<std::unique_ptr<sqlite::Connection>> open_for_reading(const std::filesystem::path& file,
                                                             sqlite::Connection::Mode mode) {
  using Mode = sqlite::Connection::Mode;
  auto db = sqlite::Connection::open(file, mode);
  if (!db) return db;
  (*db)->find<std::int64_t>("SELECT 1 FROM sqlite_schema LIMIT 1");
  const auto& failure = (*db)->failure();
  if (failure && failure->reason == "disk_full") return sqlite::Connection::open(file, Mode::frozen);
  // Any other stands at the connection, for who reads from it.
  return db;
}

std::int64_t load_epoch(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'epoch'").value_or(0);
}

void store_epoch(sqlite::Connection& db, std::int64_t epoch) {
  db.run(
      "INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT (key) DO UPDATE SET value = "
      "excluded.value",
      std::to_string(epoch));
}

Result<void> check_database(sqlite::Connection& db) {
  const auto damaged = [](std::string what) {
    return make_error(ErrorCode::internal, std::move(what), "database_damaged");
  };
  const auto integrity = db.find<std::string>("PRAGMA integrity_check(1)");
  if (db.failure()) return *db.failure();
  if (integrity != "ok")
    return damaged("SQLite finds damage: " + integrity.value_or("no answer") + ". Restore a backup.");
  if (db.find<std::int64_t>("SELECT 1 FROM pragma_foreign_key_check LIMIT 1"))
    return damaged("A row points to one that isn't there (foreign key). Restore a backup.");
  const auto room = db.find<std::int64_t>(
      "SELECT r.id FROM rooms r WHERE r.count <> r.removed + (SELECT count(*) FROM messages m WHERE "
      "m.room_id = r.id)"
      " OR r.seq < (SELECT coalesce(max(m.seq), 0) FROM messages m WHERE m.room_id = r.id) LIMIT 1");
  if (room)
    return damaged("The counters of room " + std::to_string(*room) + " don't agree with its messages.");
  const auto gap =
      db.find<std::int64_t>("SELECT count(*) - 1 - max(idx) FROM audit_records HAVING count(*) > 0");
  if (gap.value_or(0) != 0) return damaged("The audit log has a gap.");
  if (db.failure()) return *db.failure();
  return ok();
}

int newest_schema_version() {
  return static_cast<int>(schema::migrations().size());
}

}  // namespace wardroom::store
