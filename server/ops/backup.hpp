#pragma once

#include "common/base/clock.hpp"
#include "server/ops/data_dir.hpp"

// A backup is one file (0600): the database as `VACUUM INTO` writes it, without free pages and so without
// what was erased, and in its table `sqlar` (SQLite's archive format) the configuration, certificates and
// keys.
namespace wardroom::ops {

struct BackupSummary {
  std::int64_t records = 0;  // of its audit log
  TimePoint at;              // of the last of them
  std::uintmax_t bytes = 0;
};

// Copies the directory's database over a read-only connection of its own: the server may go on meanwhile.
// `to` is replaced only by a copy that was opened, checked for damage, and whose audit log holds; until then
// it is called `to`.part. Takes seconds for each gigabyte; any thread.
Result<BackupSummary> write_backup(const DataDir& dir, const std::filesystem::path& to);

// Makes the directory anew from a backup; refuses one that isn't empty. The restored database and its log are
// checked, it gets an epoch of its own, and the record server.backup_restored is the next one of the log.
// Nothing stays when something fails.
Result<BackupSummary> restore_backup(const std::filesystem::path& from, const std::filesystem::path& root,
                                     const std::string& reason, TimePoint now);

}  // namespace wardroom::ops
