#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

namespace wardroom::ops {

struct DiskSpace {
  std::uint64_t free_bytes = 0;  // that the server may use
  std::uint64_t bytes = 0;       // of the whole disk
};

// Nothing when the system doesn't say.
std::optional<DiskSpace> measure_disk(const std::filesystem::path& directory);

// How much of a disk should be free: 1 GiB or this part of it, whichever is more. Bytes.
std::uint64_t least_free(const DiskSpace& space, unsigned percent);

// Tells when the disk becomes nearly full, and when it has room again: half as much more than should be free,
// so that nothing flutters. A value of its owner's thread.
class DiskWatch {
 public:
  using Measure = std::function<std::optional<DiskSpace>()>;
  DiskWatch(Measure measure, unsigned percent) : measure_(std::move(measure)), percent_(percent) {}

  struct Crossing {
    bool low = false;  // else: it has room again
    DiskSpace space;
    std::uint64_t least = 0;  // bytes that should be free
  };
  // What has changed since the last call.
  std::optional<Crossing> look();
  bool is_low() const { return low_; }

 private:
  Measure measure_;
  unsigned percent_;
  bool low_ = false;
};

}  // namespace wardroom::ops
