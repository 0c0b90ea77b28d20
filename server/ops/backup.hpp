#pragma once

#include <functional>
#include <optional>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/secret.hpp"
#include "common/sqlite/connection.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/give_up.hpp"

// A backup is one file (0600), encrypted for a recipient where one is named. It holds the database as
// `VACUUM INTO` writes it, without free pages and so without what was erased, in its table `sqlar`
// (SQLite's archive format) the configuration, certificates and keys, and in `backup_contents` the bytes of
// files. The way back of an upgrade has no bytes of files: those lie where they were.
namespace wardroom::ops {

struct BackupSummary {
  std::int64_t records = 0;  // of its audit log
  TimePoint at;              // of the last of them
  std::uintmax_t bytes = 0;
  std::string sha256;              // of the file, hexadecimal
  std::int64_t missing_files = 0;  // contents of files that the office had lost, or the backup hasn't
};

// What else the copy of the database is checked for, before the office's files are put beside it.
using AlsoCheck = std::function<Result<void>(sqlite::Connection& copy)>;

// Copies the directory's database over a read-only connection of its own: the server may go on meanwhile.
// `to` is replaced only by a copy that was opened, checked for damage, whose audit log holds, and that `also`
// takes; until then
// it has a name of its own beside it (TargetFile). Takes seconds for each gigabyte; any thread.
// With a recipient (a public key), what was checked is encrypted, and the file read again with the key that
// it was made with; unencrypted is only a copy in the data directory, meanwhile.
Result<BackupSummary> write_backup(const DataDir& dir, const std::filesystem::path& to,
                                   const std::optional<Digest>& recipient = {}, GiveUp give_up = nullptr,
                                   const AlsoCheck& also = {});

// The parts of a backup, for who needs another one: into an empty file the database alone, unchecked; and
// what a copy of this program's schema is checked for.
Result<void> copy_database(const DataDir& dir, const std::filesystem::path& to, GiveUp give_up = nullptr);
// The office's files, put beside the database that is there.
Result<void> add_office_files(const DataDir& dir, const std::filesystem::path& to);
Result<BackupSummary> check_copy(sqlite::Connection& db);
// What is in an unencrypted backup of this program's schema, as it lies there. Nothing is written. `conflict`
// (schema_older) of an earlier one: only a restore, which brings it up to date, can look through it.
Result<BackupSummary> check_backup(const std::filesystem::path& file, GiveUp give_up = nullptr);

// Makes the directory again from a backup; refuses one that isn't empty. The restored database and its log
// are checked, it gets an epoch of its own, and the record server.backup_restored is the next one of the log.
// What was believed of the clock goes on from the backup, as at a start.
// Nothing stays when something fails. An encrypted one needs the recipient's secret key.
Result<BackupSummary> restore_backup(const std::filesystem::path& from, const std::filesystem::path& root,
                                     const std::string& reason, const Clock& machine,
                                     const std::optional<Secret>& key = {}, GiveUp give_up = nullptr);

}  // namespace wardroom::ops
