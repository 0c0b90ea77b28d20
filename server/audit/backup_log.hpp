#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "common/sqlite/connection.hpp"

namespace wardroom::audit {

// What the log says of one backup.
struct BackupHistory {
  std::optional<TimePoint> checked_at;  // opened and checked after it was written
  std::int64_t bytes = 0;               // then
  std::optional<TimePoint> verified_at, rehearsed_at;
  // Why, when the newest look of this kind found it bad. A look of the other kind says nothing of that.
  std::optional<std::string> verify_failed, rehearse_failed;

  const std::optional<std::string>& failed() const { return verify_failed ? verify_failed : rehearse_failed; }
};

// By the file's name without its folder, which may have moved. Of those whose records were pruned nothing.
std::map<std::string, BackupHistory> load_backup_histories(sqlite::Connection& db);

// A backup's name, and how it was looked at when it was found bad: as in the record's `how`.
using FailedLooks = std::set<std::pair<std::string, std::string>>;
FailedLooks find_failed_looks(sqlite::Connection& db);

}  // namespace wardroom::audit
