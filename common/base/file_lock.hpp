#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace wardroom {

// A lock between programs of this PC, on a file that is made for it. It ends with its holder, also when that
// one crashes. A value that moves.
class FileLock {
 public:
  enum class Wait { no, until_free };

  // Nothing, without `failed`: somebody else holds it, and wasn't to be waited for.
  static std::optional<FileLock> take(const std::filesystem::path& file, Wait wait, std::error_code& failed);
  FileLock(FileLock&& other) noexcept : handle_(std::exchange(other.handle_, kNone)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(std::intptr_t handle) : handle_(handle) {}
  static constexpr std::intptr_t kNone = -1;
  std::intptr_t handle_;
};

}  // namespace wardroom
