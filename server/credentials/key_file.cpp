#include "server/credentials/key_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

namespace wardroom::credentials {
namespace {

Error file_error(const std::filesystem::path& file, int error_number) {
  std::string reason;
  if (error_number == EACCES || error_number == EPERM) reason = "not_permitted";
  if (error_number == ENOENT || error_number == ENOTDIR) reason = "file_missing";
  return make_error(ErrorCode::unavailable, file.string() + ": " + std::strerror(error_number) + ".", reason);
}

Error unusable(const std::filesystem::path& file, std::string_view what) {
  return make_error(ErrorCode::unavailable, file.string() + ": " + std::string{what}, "key_unusable");
}

// A file that is synced may still be gone after a loss of power while its folder isn't.
bool sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  return synced;
}

}  // namespace

Secret make_key() {
  return Secret(std::string(as_text(random_bytes<kKeyBytes>())));
}

Result<void> create_key_file(const std::filesystem::path& file, const Secret& key) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return file_error(file, errno);
  const std::string_view bytes = key.reveal();
  const bool written = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                       ::fsync(fd) == 0 && sync_folder(file.parent_path());
  const int why = errno;
  ::close(fd);
  if (!written) {
    ::unlink(file.c_str());
    return file_error(file, why);
  }
  return ok();
}

Result<Secret> load_key_file(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return file_error(file, errno);
  struct stat info {};
  std::string key(kKeyBytes + 1, '\0');  // one more than wanted shows a file that is too long
  const bool seen = ::fstat(fd, &info) == 0;
  const ssize_t size = seen ? ::read(fd, key.data(), key.size()) : -1;
  const int why = errno;
  ::close(fd);
  if (size < 0) return file_error(file, why);
  key.resize(static_cast<std::size_t>(size));
  Secret secret{std::move(key)};
  if ((info.st_mode & 077) != 0)
    return unusable(file, "Others can read this key. Run: chmod 600 " + file.string());
  if (secret.size() != kKeyBytes)
    return unusable(file,
                    "The key must be 32 bytes. Bring the file back from a backup of the data directory.");
  return secret;
}

}  // namespace wardroom::credentials
