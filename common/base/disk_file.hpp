#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

// What differs between operating systems about files that must outlast a crash. Errors are the system's own.
namespace wardroom {

// A new file that is being written, its owner's alone. A value that moves.
class DiskFile {
 public:
  DiskFile() = default;
  DiskFile(DiskFile&& other) noexcept : handle_(std::exchange(other.handle_, kNone)) {}
  DiskFile& operator=(DiskFile&&) = delete;
  ~DiskFile() { close(); }

  // Refused when something has that name already, a link too. On one that isn't open.
  std::error_code make(const std::filesystem::path& file);
  std::error_code write(std::string_view bytes);
  // What was written is on the disk when it returns.
  std::error_code sync();
  void close();

 private:
  static constexpr std::intptr_t kNone = -1;
  std::intptr_t handle_ = kNone;
};

// `from` takes the place of `to`, which stays as it was until then; both are closed, and in one folder.
std::error_code replace_file(const std::filesystem::path& from, const std::filesystem::path& to);
// New names in the folder are on the disk when it returns.
std::error_code sync_folder(const std::filesystem::path& folder);

}  // namespace wardroom
