#include "common/sqlite/disk_limits.hpp"

#include <cerrno>

#include <sys/resource.h>

namespace wardroom::sqlite {

const char* const kVfsWithoutLocks = "unix-none";

std::optional<std::uintmax_t> most_file_bytes() {
  rlimit limit{};
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return limit.rlim_cur;
}

bool says_quota(int error_number) {
  return error_number == EDQUOT;
}

}  // namespace wardroom::sqlite
