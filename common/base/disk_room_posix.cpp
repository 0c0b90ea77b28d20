#include "common/base/disk_room.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace wardroom {
namespace {

bool says_full(int error_number) {
  return error_number == ENOSPC || error_number == EDQUOT;
}

bool is_free(const std::filesystem::path& folder, std::uint64_t bytes) {
  std::error_code unknown;
  const auto disk = std::filesystem::space(folder, unknown);
  return unknown || disk.available >= bytes;
}

}  // namespace

bool has_room(const std::filesystem::path& folder, std::uint64_t bytes) {
  const std::filesystem::path there = folder.empty() ? "." : folder;
  const int fd = ::open(there.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return !says_full(errno) && is_free(there, bytes);  // some file systems have no such files
  const int why = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  ::close(fd);
  return !says_full(why);
}

}  // namespace wardroom
