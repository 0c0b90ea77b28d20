#include "common/base/opened_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include <sys/stat.h>

namespace wardroom {
namespace {

std::error_code last_read_error() {
  return {errno, std::generic_category()};
}

}  // namespace

OpenedFile::~OpenedFile() {
  if (handle_ != kNone) ::close(static_cast<int>(handle_));
}

std::error_code OpenedFile::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return last_read_error();
  handle_ = fd;
  return {};
}

std::error_code OpenedFile::look(Status& into) const {
  struct stat info {};
  if (::fstat(static_cast<int>(handle_), &info) != 0) return last_read_error();
  into.kind = S_ISREG(info.st_mode) ? Kind::ordinary : S_ISDIR(info.st_mode) ? Kind::folder : Kind::other;
  into.size = static_cast<std::int64_t>(info.st_size);
  into.modified_ns = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
                     static_cast<std::int64_t>(info.st_mtim.tv_nsec);
  return {};
}

std::error_code OpenedFile::read_at(std::int64_t at, std::span<char> into, std::size_t& count) const {
  ssize_t n = -1;
  do {
    n = ::pread(static_cast<int>(handle_), into.data(), into.size(), static_cast<off_t>(at));
  } while (n < 0 && errno == EINTR);
  if (n < 0) return last_read_error();
  count = static_cast<std::size_t>(n);
  return {};
}

}  // namespace wardroom
