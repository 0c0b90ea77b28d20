#include "common/base/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include <sys/file.h>

namespace wardroom {

std::optional<FileLock> FileLock::take(const std::filesystem::path& file, Wait wait,
                                       std::error_code& failed) {
  failed.clear();
  FileLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const int how = wait == Wait::no ? LOCK_EX | LOCK_NB : LOCK_EX;
  int locked = -1;
  while (lock.handle_ >= 0 && (locked = ::flock(static_cast<int>(lock.handle_), how)) != 0 && errno == EINTR)
    ;
  if (locked == 0) return lock;
  if (lock.handle_ < 0 || errno != EWOULDBLOCK) failed = {errno, std::generic_category()};
  return std::nullopt;
}

FileLock::~FileLock() {
  if (handle_ != kNone) ::close(static_cast<int>(handle_));
}

}  // namespace wardroom
