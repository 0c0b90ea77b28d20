#include "server/ops/reserve.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace wardroom::ops {

bool Reserve::fill() const {
  std::error_code unknown;
  if (std::filesystem::file_size(file_, unknown) == kBytes && !unknown) return true;
  const auto disk = std::filesystem::space(file_.parent_path(), unknown);
  if (unknown || disk.available < 4 * kBytes) return false;
  const int fd = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool taken = ::posix_fallocate(fd, 0, static_cast<off_t>(kBytes)) == 0;
  ::close(fd);
  if (!taken) ::unlink(file_.c_str());
  return taken;
}

bool Reserve::release() const {
  return ::unlink(file_.c_str()) == 0;
}

}  // namespace wardroom::ops
