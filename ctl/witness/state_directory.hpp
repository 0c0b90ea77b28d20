#pragma once

#include <filesystem>
#include <optional>

#include "common/base/file_lock.hpp"
#include "common/tlog/cosignature.hpp"

namespace wardroom::witness {

// What a standing witness keeps: its key and, for each log, the newest head that it cosigned. A head is on
// the disk before anybody is given the cosignature, so that no crash makes it vouch for two histories. One
// process a directory. A value that moves; one thread at a time.
class StateDirectory {
 public:
  // Makes directory and key when they aren't there. `name`: the witness's, which can't be changed later;
  // empty: the one that is kept. An error when another process uses the directory, or something in it is
  // damaged: a witness that forgot what it saw would be none.
  static Result<StateDirectory> open(std::filesystem::path directory, const std::string& name);

  const tlog::Cosigner& cosigner() const { return *cosigner_; }
  // The newest head of the log of this name; one of no records when none was cosigned yet.
  Result<tlog::Checkpoint> load_head(const std::string& origin) const;
  // `text`: the head's. On the disk when it returns.
  Result<void> keep_head(const tlog::Checkpoint& head, const std::string& text) const;

 private:
  StateDirectory(std::filesystem::path directory, FileLock lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}
  Result<void> load_key(const std::string& name);
  std::filesystem::path head_file(const std::string& origin) const;

  std::filesystem::path directory_;
  FileLock lock_;
  std::optional<tlog::Cosigner> cosigner_;
};

}  // namespace wardroom::witness
