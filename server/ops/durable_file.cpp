#include "server/ops/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <sys/stat.h>

namespace wardroom::ops {
namespace {

// Closes at the end of the scope.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags, unsigned mode = 0)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view contents) {
  while (!contents.empty()) {
    const ssize_t n = ::write(fd, contents.data(), contents.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    contents.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// What doesn't pass by itself, unlike a full or failing disk.
std::string reason_of(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
      return "not_permitted";
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
      return "file_missing";
    default:
      return {};
  }
}

Result<void> sync_folder_of(const std::filesystem::path& file) {
  const Descriptor folder{file.has_parent_path() ? file.parent_path() : ".", O_RDONLY | O_DIRECTORY};
  if (!folder.is_open() || ::fsync(folder.get()) != 0) return file_error(file, errno);
  return ok();
}

}  // namespace

Error file_error(const std::filesystem::path& file, int error_number) {
  return make_error(ErrorCode::unavailable,
                    file.string() + ": " + std::generic_category().message(error_number) + ".",
                    reason_of(error_number));
}

Result<void> write_durably(const std::filesystem::path& file, std::string_view contents, unsigned mode) {
  std::filesystem::path fresh = file;
  fresh += kUnfinished;
  {
    ::unlink(fresh.c_str());  // left by a crash, perhaps with another mode
    const Descriptor out{fresh, O_WRONLY | O_CREAT | O_EXCL, 0600};
    if (!out.is_open()) return file_error(fresh, errno);
    // fchmod, because the umask takes bits from open's mode.
    if (!write_all(out.get(), contents) || ::fchmod(out.get(), mode) != 0 || ::fsync(out.get()) != 0) {
      const int why = errno;
      ::unlink(fresh.c_str());
      return file_error(file, why);
    }
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) {
    const int why = errno;
    ::unlink(fresh.c_str());
    return file_error(file, why);
  }
  return sync_folder_of(file);
}

Result<void> replace_durably(const std::filesystem::path& whole, const std::filesystem::path& name) {
  {
    const Descriptor file{whole, O_RDONLY};
    if (!file.is_open() || ::fsync(file.get()) != 0) return file_error(whole, errno);
  }
  if (::rename(whole.c_str(), name.c_str()) != 0) return file_error(name, errno);
  return sync_folder_of(name);
}

Result<void> remove_durably(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0) return errno == ENOENT ? ok() : Result<void>(file_error(file, errno));
  return sync_folder_of(file);
}

Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes) {
  const Descriptor in{file, O_RDONLY};
  if (!in.is_open()) return file_error(file, errno);
  std::string contents;
  char part[4096];
  while (true) {
    const ssize_t n = ::read(in.get(), part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return file_error(file, errno);
    if (n == 0) return contents;
    contents.append(part, static_cast<std::size_t>(n));
    if (contents.size() > max_bytes) return file_error(file, EFBIG);
  }
}

}  // namespace wardroom::ops
