#include "client/session/own_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <sys/stat.h>

#include "common/base/utf8.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kMostNameBytes = 255;

Error unreadable_file(const std::string& path, int why) {
  if (why == ENOENT)
    return conflict("file_gone",
                    "It isn't at " + path + " any more. Put it back and try again, or remove it here.");
  return conflict("file_unreadable", path + " can't be read (" + std::generic_category().message(why) + ").");
}

Error changed_file() {
  return conflict(
      "file_changed",
      "It was changed after you attached it, so it isn't sent. Remove it here and attach it again.");
}

// A name may be any bytes; the wire carries UTF-8.
std::string wire_name(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  std::string clean;
  std::string_view rest = name;
  while (!rest.empty()) {
    const std::size_t good = valid_utf8_prefix(rest);
    clean += rest.substr(0, good);
    rest.remove_prefix(good);
    if (rest.empty()) break;
    clean += "\xEF\xBF\xBD";
    rest.remove_prefix(1);
  }
  clean = std::string(truncate_utf8(clean, kMostNameBytes));
  return clean.empty() ? "file" : clean;
}

}  // namespace

Result<OwnFile> OwnFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return unreadable_file(path, errno);
  OwnFile file(path, fd);
  struct stat info {};
  if (::fstat(fd, &info) != 0) return unreadable_file(path, errno);
  if (S_ISDIR(info.st_mode))
    return conflict("not_a_file", path + " is a folder. Pack it into an archive first, and send that.");
  if (!S_ISREG(info.st_mode)) return conflict("not_a_file", path + " isn't an ordinary file.");
  return Result<OwnFile>(std::move(file));
}

OwnFile::OwnFile(OwnFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

OwnFile::~OwnFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<LocalFile> OwnFile::look() const {
  struct stat info {};
  if (::fstat(fd_, &info) != 0) return unreadable_file(path_, errno);
  return LocalFile{path_, wire_name(path_), static_cast<std::int64_t>(info.st_size),
                   static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
                       static_cast<std::int64_t>(info.st_mtim.tv_nsec)};
}

Result<void> OwnFile::check_unchanged(std::int64_t size, std::int64_t modified_ns) const {
  const auto now = look();
  if (!now) return now.error();
  if (now->size != size || now->modified_ns != modified_ns) return changed_file();
  return ok();
}

Result<std::string> OwnFile::read(std::int64_t at, std::size_t most) const {
  std::string piece(most, '\0');
  for (;;) {
    const ssize_t n = ::pread(fd_, piece.data(), piece.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return unreadable_file(path_, errno);
    if (n == 0 && most > 0) return changed_file();
    piece.resize(static_cast<std::size_t>(n));
    return piece;
  }
}

}  // namespace wardroom::client
