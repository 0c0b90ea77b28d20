#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "common/base/disk_file.hpp"
#include "common/base/result.hpp"

namespace wardroom {

// Whether a file that a person named for writing may be made or replaced. Refused: no name, what is no
// ordinary file (a link too: what it points to isn't what was named), a folder that isn't there, and
// everything within a data directory of Wardroom.
Result<void> check_target(const std::filesystem::path& target);

// A file that comes into being beside the one that was named, as NAME.12345678.part with another number each
// time, and takes its place when it is whole; until then, and on every error, the old one stays. Its owner's
// alone (0600). A value that moves.
class TargetFile {
 public:
  // Asks check_target first. The new file is there and empty; no other was touched.
  static Result<TargetFile> open(const std::filesystem::path& target);
  TargetFile(TargetFile&& other) noexcept
      : target_(std::move(other.target_)),
        part_(std::exchange(other.part_, {})),
        file_(std::move(other.file_)) {}
  TargetFile& operator=(TargetFile&&) = delete;
  // Removes what wasn't kept.
  ~TargetFile();

  // For those who write into it by themselves.
  const std::filesystem::path& part() const { return part_; }
  Result<void> write(std::string_view text);
  // Synced, renamed, and the folder synced.
  Result<void> keep();

 private:
  TargetFile(std::filesystem::path target, std::filesystem::path part, DiskFile file)
      : target_(std::move(target)), part_(std::move(part)), file_(std::move(file)) {}
  std::filesystem::path target_;
  std::filesystem::path part_;  // empty: kept
  DiskFile file_;
};

// How much of this target has been written so far, by whoever writes it, as long as it isn't whole.
std::uintmax_t unfinished_bytes(const std::filesystem::path& target);

// All at once.
Result<void> write_target(const std::filesystem::path& target, std::string_view text);

}  // namespace wardroom
