#include "server/ops/disk_watch.hpp"

#include <algorithm>

namespace wardroom::ops {
namespace {

constexpr std::uint64_t kLeastBytes = std::uint64_t{1} << 30;

}  // namespace

std::optional<DiskSpace> measure_disk(const std::filesystem::path& directory) {
  std::error_code failed;
  const auto info = std::filesystem::space(directory, failed);
  if (failed) return std::nullopt;
  return DiskSpace{info.available, info.capacity};
}

std::uint64_t least_free(const DiskSpace& space, unsigned percent) {
  return std::max(kLeastBytes, space.bytes / 100 * percent);
}

std::optional<DiskWatch::Crossing> DiskWatch::look() {
  const auto space = measure_();
  if (!space) return std::nullopt;
  const std::uint64_t least = least_free(*space, percent_);
  const bool low = space->free_bytes < (low_ ? least + least / 2 : least);
  if (low == low_) return std::nullopt;
  low_ = low;
  return Crossing{low, *space, least};
}

}  // namespace wardroom::ops
