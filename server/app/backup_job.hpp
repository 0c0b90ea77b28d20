#pragma once

#include "common/base/trusted_clock.hpp"
#include "server/ops/backup.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// One backup: the record server.backup_created, which is thus in the copy, the copy, and
// server.backup_verified, also when the copy failed. The copying is this process's, over a connection that
// only reads; so a server whose sandbox keeps it in its own directory needn't reach `to`.

// Of a directory that nobody serves; the caller holds its lock.
Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now);
// Of one that is served: its server's writer, asked through the local socket, writes the records.
Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to);

// A person says that the machine's clock is right (server.clock_confirmed): whatever waits for that may end.
// Returns by how much it was doubted.
Result<std::chrono::milliseconds> confirm_clock_offline(const ops::DataDir& dir, const std::string& reason,
                                                        const Clock& machine);
Result<std::chrono::milliseconds> confirm_clock_served(const ops::DataDir& dir, const std::string& reason);

// The server's part: appends the record that the question asks for and answers when it is durable. Not on the
// writer's thread.
std::string answer_local(store::Writer& writer, TrustedClock& clock, const std::string& question);

}  // namespace wardroom::app
