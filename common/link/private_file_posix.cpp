#include "common/link/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <sys/file.h>
#include <sys/stat.h>

namespace wardroom::link {
namespace {

Error refused(const std::filesystem::path& path) {
  return unavailable(path.string() + " can't be written: " + std::strerror(errno) + ".");
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> replace(const std::filesystem::path& file, const std::filesystem::path& fresh,
                     std::string_view contents) {
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return refused(fresh);
  // An older file of that name may have had other rights.
  const bool written = ::fchmod(fd, 0600) == 0 && write_all(fd, contents) && ::fsync(fd) == 0;
  ::close(fd);
  if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) return refused(file);
  return ok();
}

}  // namespace

Result<void> write_private_file(const std::filesystem::path& file, const Secret& contents) {
  const std::filesystem::path fresh = file.string() + ".new";
  // Locked, so that of several programs that write it at once each has the new file for itself.
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0 || ::flock(directory, LOCK_EX) != 0) {
    const auto error = refused(file);
    if (directory >= 0) ::close(directory);
    return error;
  }
  auto written = replace(file, fresh, contents.reveal());
  ::close(directory);
  return written;
}

Result<void> make_private_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error || ::chmod(directory.c_str(), 0700) != 0)
    return unavailable(directory.string() +
                       " can't be made: " + (error ? error.message() : std::strerror(errno)) + ".");
  return ok();
}

}  // namespace wardroom::link
