#include "common/base/target_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

namespace wardroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPart = ".part";

Error failed(const fs::path& file, int why) {
  return unavailable(file.string() + ": " + std::generic_category().message(why) + ".");
}

Error refused(std::string message) {
  return make_error(ErrorCode::params, std::move(message), "target_refused");
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// `folder` is without links.
bool is_in_data_directory(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    std::error_code unknown;
    if (fs::exists(folder / "wardroom.toml", unknown) && fs::is_directory(folder / "keys", unknown))
      return true;
    if (folder == folder.parent_path()) return false;
  }
}

std::string_view describe(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

bool sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = ::fsync(fd) == 0;
  const int why = errno;
  ::close(fd);
  errno = why;
  return synced;
}

}  // namespace

Result<void> check_target(const fs::path& target) {
  if (target.empty()) return refused("The name of the file to write is empty. Name a file.");
  if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
    return refused(target.string() + " is a directory. Name a file in it.");
  std::error_code why;
  const fs::path folder = fs::canonical(folder_of(target), why);
  if (why) return failed(folder_of(target), why.value());
  if (is_in_data_directory(folder))
    return refused(
        target.string() +
        " lies in a data directory of Wardroom, where it could replace what the server needs. Name "
        "a file elsewhere.");
  struct stat info {};
  if (::lstat(target.c_str(), &info) != 0)
    return errno == ENOENT ? ok() : Result<void>(failed(target, errno));
  if (!S_ISREG(info.st_mode))
    return refused(target.string() + " is " + std::string(describe(info.st_mode)) +
                   " and isn't written to. Name an ordinary file, or one that isn't there yet.");
  return ok();
}

Result<TargetFile> TargetFile::open(const fs::path& target) {
  if (auto checked = check_target(target); !checked) return checked.error();
  // A name that nobody has: another one in its place would be the person's own file, or what somebody else is
  // writing.
  fs::path part = target;
  part += "." + to_hex(random_bytes<4>()) + std::string(kPart);
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return failed(part, errno);
  return TargetFile(target, std::move(part), fd);
}

std::uintmax_t unfinished_bytes(const fs::path& target) {
  const std::string begin = target.filename().string() + ".";
  std::uintmax_t bytes = 0;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator(folder_of(target), gone)) {
    const std::string name = entry.path().filename().string();
    if (name.size() != begin.size() + 8 + kPart.size() || !name.starts_with(begin) || !name.ends_with(kPart))
      continue;
    std::error_code kept;
    if (const auto size = entry.file_size(kept); !kept) bytes += size;
  }
  return bytes;
}

TargetFile::~TargetFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

Result<void> TargetFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd_, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(target_, errno);
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return ok();
}

Result<void> TargetFile::keep() {
  if (::fsync(fd_) != 0) return failed(target_, errno);
  // Asked once more: it took its time, and somebody may have put something else there.
  if (auto checked = check_target(target_); !checked) return checked;
  if (::rename(part_.c_str(), target_.c_str()) != 0) return failed(target_, errno);
  part_.clear();
  return sync_folder(folder_of(target_)) ? ok() : Result<void>(failed(target_, errno));
}

Result<void> write_target(const fs::path& target, std::string_view text) {
  auto file = TargetFile::open(target);
  if (!file) return file.error();
  if (auto written = file->write(text); !written) return written;
  return file->keep();
}

}  // namespace wardroom
