#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "common/base/trusted_clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/local_question.hpp"
#include "server/app/options.hpp"
#include "server/audit/backup_log.hpp"
#include "server/audit/record.hpp"
#include "server/ops/backup.hpp"

namespace wardroom::app {

// One backup: the record server.backup_begun, with which the copy ends, the copy, and server.backup_created
// with server.backup_verified; of one that failed server.backup_created with the reason. The copying is this
// process's, over a connection that only reads; so a server whose sandbox keeps it in its own directory
// needn't reach `to`. `recipient`: for whom it is encrypted.

// The directory's lock; nothing when a server has it and answers. One that starts or ends has it and answers
// nobody: `wait` is called, and it is looked at again, as long as that returns true; then `directory_in_use`.
// Any other failure, such as a file of another account, isn't taken for a server.
Result<std::optional<ops::DirLock>> lock_or_find_server(const ops::DataDir& dir,
                                                        const std::function<bool()>& wait);

// Of a directory that nobody serves; the caller holds its lock.
Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           const Clock& machine, const std::optional<Digest>& recipient = {});
// Of one that is served: its server's writer, asked through the local socket, writes the records.
Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to,
                                          const std::optional<Digest>& recipient = {});

// Of one that this process serves; `tell` does what its server's answer to the question would be.
using Tell = std::function<Result<void>(const LocalQuestion&)>;
Result<ops::BackupSummary> back_up_serving(const ops::DataDir& dir, const std::filesystem::path& to,
                                           const std::optional<Digest>& recipient, const Tell& tell,
                                           ops::GiveUp give_up);

// A directory that was restored on trial would be served: what `run` goes by holds for it, and its tables
// hold against its log.
Result<void> check_restored(const ops::DataDir& dir, TimePoint at);

// What the log says of backups. An upgrade's way back isn't one.
struct LastBackup {
  std::optional<TimePoint> verified;
  bool failed = false;         // the one that was tried last
  audit::FailedLooks unsound;  // looks at those from before
};
LastBackup find_last_backup(sqlite::Connection& db);

// When a backup with these bytes was checked after it was written, as the log says; nothing: never, or its
// record was pruned. It needs no key.
std::optional<TimePoint> find_checked(sqlite::Connection& db, const std::string& sha256);

// The records that a question about a backup asks for.
std::vector<audit::Record> backup_records(const LocalQuestion& question);

// What the server's log and figures have of a backup that ended.
void note_backup(const LocalQuestion& ended, Figures& figures, const Clock& clock);

// A person says that the machine's clock is right (server.clock_confirmed): whatever waits for that may end.
// Returns by how much it was doubted.
Result<std::chrono::milliseconds> confirm_clock_offline(const ops::DataDir& dir, const std::string& reason,
                                                        const Clock& machine);
Result<std::chrono::milliseconds> confirm_clock_served(const ops::DataDir& dir, const std::string& reason);
audit::Record clock_confirmed_record(const std::string& reason, std::chrono::milliseconds by);

}  // namespace wardroom::app
