#pragma once

#include "common/sqlite/connection.hpp"
#include "server/ops/data_dir.hpp"

// The small files of a data directory in the table `sqlar` of a backup (sqlite.org/sqlar.html), uncompressed.
namespace wardroom::ops {

// The configuration, the certificates and the keys.
Result<void> store_files(sqlite::Connection& db, const DataDir& dir);

// Writes them into the directory, the configuration last. Refuses a backup that names any other place.
Result<void> extract_files(sqlite::Connection& db, const DataDir& dir);

}  // namespace wardroom::ops
