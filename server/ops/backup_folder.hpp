#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/give_up.hpp"

// A folder of backups that are made one after the other, each under the time at which it was begun.
namespace wardroom::ops {

struct KeptBackup {
  std::filesystem::path file;
  TimePoint at;
  std::uintmax_t bytes = 0;
};

// "wardroom-2026-11-29T02-00-00Z.db", and with ".encrypted" at its end
std::string backup_name(TimePoint at, bool is_encrypted = false);
bool is_backup_name(const std::string& name);
// Those that have such a name, the newest first; other files are nobody's business.
Result<std::vector<KeptBackup>> list_backups(const std::filesystem::path& folder);

// Which may go: all but the newest `keep`, as far as they are older than `age`.
std::vector<KeptBackup> choose_surplus(const std::vector<KeptBackup>& newest_first, std::size_t keep,
                                       std::chrono::days age, TimePoint now);

// Removes those, and returns what is gone. The error names the one that can't be removed.
Result<std::vector<std::filesystem::path>> remove_surplus(const std::filesystem::path& folder,
                                                          std::size_t keep, std::chrono::days age,
                                                          TimePoint now, GiveUp give_up = nullptr);

}  // namespace wardroom::ops
