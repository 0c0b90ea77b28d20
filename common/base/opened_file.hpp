#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

namespace wardroom {

// A file that is read while others may change or remove it. Never waits for the other end of a pipe. Errors
// are the system's own. A value that moves.
class OpenedFile {
 public:
  enum class Kind { ordinary, folder, other };
  struct Status {
    Kind kind = Kind::other;
    std::int64_t size = 0;
    std::int64_t modified_ns = 0;  // since 1970
  };

  OpenedFile() = default;
  OpenedFile(OpenedFile&& other) noexcept : handle_(std::exchange(other.handle_, kNone)) {}
  OpenedFile& operator=(OpenedFile&&) = delete;
  ~OpenedFile();

  // On one that isn't open.
  std::error_code open(const std::filesystem::path& file);
  // As it is now.
  std::error_code look(Status& into) const;
  // `count`: how many bytes came, none at the end.
  std::error_code read_at(std::int64_t at, std::span<char> into, std::size_t& count) const;

 private:
  static constexpr std::intptr_t kNone = -1;
  std::intptr_t handle_ = kNone;
};

}  // namespace wardroom
