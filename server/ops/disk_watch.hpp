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

// Tells when the disk becomes nearly full, under 1 GiB or 5 % of it, whichever is more, and when it has room
// again: half as much more than that, so that nothing flutters. A value of its owner's thread.
class DiskWatch {
 public:
  using Measure = std::function<std::optional<DiskSpace>()>;
  explicit DiskWatch(Measure measure) : measure_(std::move(measure)) {}

  struct Crossing {
    bool low = false;  // else: it has room again
    DiskSpace space;
    std::uint64_t least = 0;  // bytes that should be free
  };
  // What has changed since the last call.
  std::optional<Crossing> look();

 private:
  Measure measure_;
  bool low_ = false;
};

}  // namespace wardroom::ops
