#pragma once

#include <cstdint>
#include <filesystem>

namespace wardroom::ops {

// What a start writes at the most.
inline constexpr std::uint64_t kStartBytes = std::uint64_t{4} << 20;

// Room on the disk that is kept for the time when there is none: a file that holds nothing. Given free, it is
// enough for sign-ins, what shuts a person out, and their records.
class Reserve {
 public:
  static constexpr std::uint64_t kBytes = std::uint64_t{16} << 20;
  explicit Reserve(std::filesystem::path file) : file_(std::move(file)) {}

  // Takes the room unless it is taken, and only where four times as much is free. Whether it is taken now.
  bool fill() const;
  // Whether there was any.
  bool release() const;

 private:
  std::filesystem::path file_;
};

}  // namespace wardroom::ops
