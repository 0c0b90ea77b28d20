#pragma once

#include <vector>

#include "common/base/trusted_clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/local_question.hpp"
#include "server/app/options.hpp"
#include "server/audit/record.hpp"
#include "server/ops/backup.hpp"

namespace wardroom::app {

// One backup: the record server.backup_begun, with which the copy ends, the copy, and server.backup_created
// with server.backup_verified; of one that failed server.backup_created with the reason. The copying is this
// process's, over a connection that only reads; so a server whose sandbox keeps it in its own directory
// needn't reach `to`. `recipient`: for whom it is encrypted.

// Of a directory that nobody serves; the caller holds its lock.
Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now, const std::optional<Digest>& recipient = {});
// Of one that is served: its server's writer, asked through the local socket, writes the records.
Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to,
                                          const std::optional<Digest>& recipient = {});

// What the log says of backups.
struct LastBackup {
  std::optional<TimePoint> verified;
  bool failed = false;  // the one that was tried last
};
LastBackup find_last_backup(sqlite::Connection& db);

// When a backup with these bytes was checked after it was written, as the log says; nothing: never, or its
// record was pruned. It needs no key.
std::optional<TimePoint> find_checked(sqlite::Connection& db, const std::string& sha256);

// The records that a question about a backup asks for.
std::vector<audit::Record> backup_records(const LocalQuestion& question);

// A person says that the machine's clock is right (server.clock_confirmed): whatever waits for that may end.
// Returns by how much it was doubted.
Result<std::chrono::milliseconds> confirm_clock_offline(const ops::DataDir& dir, const std::string& reason,
                                                        const Clock& machine);
Result<std::chrono::milliseconds> confirm_clock_served(const ops::DataDir& dir, const std::string& reason);
audit::Record clock_confirmed_record(const std::string& reason, std::chrono::milliseconds by);

}  // namespace wardroom::app
