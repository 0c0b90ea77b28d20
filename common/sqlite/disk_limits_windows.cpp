#include "common/sqlite/disk_limits.hpp"

namespace wardroom::sqlite {

const char* const kVfsWithoutLocks = "win32-none";

std::optional<std::uintmax_t> most_file_bytes() {
  return std::nullopt;
}

bool says_quota(int error_number) {
  constexpr int kDiskQuotaExceeded = 1295;  // ERROR_DISK_QUOTA_EXCEEDED, which MinGW's headers don't have
  return error_number == kDiskQuotaExceeded;
}

}  // namespace wardroom::sqlite
