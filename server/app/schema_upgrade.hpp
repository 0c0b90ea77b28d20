#pragma once

#include <optional>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/ops/data_dir.hpp"

// How an office's database comes to the schema of a newer program, with a way back.
namespace wardroom::app {

// What the names of those backups begin with; the number of their schema follows.
inline constexpr std::string_view kWayBackPrefix = "wardroom-schema-";

// Brings the directory's database to this program's schema where it has an earlier one:
//
//   1. A backup, as the earlier program would have written it, becomes upgrade/wardroom-schema-N.db, once
//      SQLite finds no damage in it.
//   2. A copy of that backup's database is migrated and checked as a backup is, and its rows are counted
//      against the backup's. That the backup was made and checked is added to its log. Where heads weren't
//      signed yet, it gets the key for that.
//   3. That copy takes the database's place, in one rename.
//
// Whatever fails, or crashes, leaves the database as it was, and the earlier program serves it. `conflict`
// (upgrade_failed) says why and what to do. Needs three times the database's size of free space. The caller
// holds the directory's lock.
Result<void> upgrade_schema(const ops::DataDir& dir, TimePoint now);

// Whether there is room for what a start would do with a database of this version. Else the same error.
Result<void> check_upgrade_room(const ops::DataDir& dir, int from);

// Whether SQLite can read all of that backup: what a program can tell that doesn't serve its schema.
Result<void> check_way_back(const std::filesystem::path& file);

// As store::open_database, once the schema is this program's.
Result<std::unique_ptr<sqlite::Connection>> open_upgraded(const ops::DataDir& dir, TimePoint now);

// The backup that an upgrade left and that this program restores; nothing when there is none.
std::optional<std::filesystem::path> find_way_back(const ops::DataDir& dir);

// Removes the backup of an upgrade that is older than `age`: what is erased from the office mustn't stay in
// it.
void remove_old_way_back(const ops::DataDir& dir, std::chrono::days age, TimePoint now);

}  // namespace wardroom::app
