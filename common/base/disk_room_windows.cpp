#include "common/base/disk_room.hpp"

namespace wardroom {

// What Windows says is free is free for this account: quotas count.
bool has_room(const std::filesystem::path& folder, std::uint64_t bytes) {
  std::error_code unknown;
  const auto disk = std::filesystem::space(folder.empty() ? "." : folder, unknown);
  return unknown || disk.available >= bytes;
}

}  // namespace wardroom
