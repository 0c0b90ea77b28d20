#pragma once

#include "server/ops/backup.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// One backup of a directory that is served: the record server.backup_created, which is thus in the copy, the
// copy, and server.backup_verified. Waits for the writer; not on its thread.
Result<ops::BackupSummary> back_up(store::Writer& writer, const ops::DataDir& dir,
                                   const std::filesystem::path& to);
// The same of one that nobody serves; the caller holds its lock.
Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now);

// The question for the local socket and what it answers.
std::string compose_backup_question(const std::filesystem::path& to);
std::string answer_local(store::Writer& writer, const ops::DataDir& dir, const std::string& question);
Result<ops::BackupSummary> parse_backup_answer(const std::string& answer);

}  // namespace wardroom::app
