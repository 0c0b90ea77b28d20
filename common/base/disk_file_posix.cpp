#include "common/base/disk_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace wardroom {
namespace {

std::error_code last_disk_error() {
  return {errno, std::generic_category()};
}

}  // namespace

std::error_code DiskFile::make(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return last_disk_error();
  handle_ = fd;
  return {};
}

std::error_code DiskFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(static_cast<int>(handle_), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return last_disk_error();
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

std::error_code DiskFile::sync() {
  return ::fsync(static_cast<int>(handle_)) == 0 ? std::error_code{} : last_disk_error();
}

void DiskFile::close() {
  if (handle_ != kNone) ::close(static_cast<int>(std::exchange(handle_, kNone)));
}

std::error_code replace_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  return std::rename(from.c_str(), to.c_str()) == 0 ? std::error_code{} : last_disk_error();
}

std::error_code sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return last_disk_error();
  const auto failed = ::fsync(fd) == 0 ? std::error_code{} : last_disk_error();
  ::close(fd);
  return failed;
}

}  // namespace wardroom
