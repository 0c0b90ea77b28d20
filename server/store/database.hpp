#pragma once

#include <filesystem>
#include <memory>

#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::store {

// Opens the server's database for writing: WAL, sync on every commit, newest schema. Only the writer may use
// the connection: SQLite before 3.51.3 can damage a WAL that two connections write or checkpoint at once.
Result<std::unique_ptr<sqlite::Connection>> open_database(const std::filesystem::path& file,
                                                          const char* vfs = nullptr);

// Opens it for reading; where the disk has no room even for that, as it is, for as long as nobody writes it
// (Connection::Mode::frozen). For who holds the directory's lock, or has found that nobody serves it.
Result<std::unique_ptr<sqlite::Connection>> open_for_reading(
    const std::filesystem::path& file, sqlite::Connection::Mode mode = sqlite::Connection::Mode::read_only);

// A number that changes when the database was restored from a backup, so that clients drop what it no longer
// has.
std::int64_t load_epoch(sqlite::Connection& db);
// Sets the epoch of a fresh database.
void store_epoch(sqlite::Connection& db, std::int64_t epoch);

// Everything that SQLite can check, and the counters that must agree: rooms.seq and count against their
// messages.
Result<void> check_database(sqlite::Connection& db);

// The newest schema version that this program knows.
int newest_schema_version();

}  // namespace wardroom::store
