#include "server/ops/data_dir.hpp"

#include <cerrno>
#include <fcntl.h>
#include <pwd.h>
#include <string>
#include <unistd.h>

#include <sys/file.h>
#include <sys/stat.h>

#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace fs = std::filesystem;
namespace {

Result<void> make_private_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return file_error(folder, errno);
  if (::chmod(folder.c_str(), 0700) != 0) return file_error(folder, errno);
  return ok();
}

// What the process that holds the lock wrote into it.
std::string holder(int fd) {
  char text[32];
  const ssize_t n = ::pread(fd, text, sizeof text, 0);
  std::string pid{text, n > 0 ? static_cast<std::size_t>(n) : 0};
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

Result<DataDir> create_data_dir(const fs::path& root) {
  std::error_code why;
  if (fs::exists(root, why) && !fs::is_directory(root, why))
    return conflict("not_a_directory", root.string() + " isn't a directory. Name a new one.");
  if (fs::is_directory(root, why) && !fs::is_empty(root, why))
    return conflict("directory_not_empty",
                    root.string() +
                        " isn't empty. Name a new directory; to serve this one, use: wardroomd "
                        "run --data " +
                        root.string());
  if (root.has_parent_path()) {
    fs::create_directories(root.parent_path(), why);
    if (why) return file_error(root.parent_path(), why.value());
  }
  const DataDir dir{root};
  for (const auto& folder : {dir.root, dir.files(), dir.tls(), dir.keys(), dir.run()})
    if (auto made = make_private_folder(folder); !made) return made.error();
  return dir;
}

Result<DataDir> open_data_dir(const fs::path& root) {
  const DataDir dir{root};
  struct stat info {};
  if (::stat(root.c_str(), &info) != 0) {
    if (errno != ENOENT) return file_error(root, errno);
    return not_found("There is no directory " + root.string() + ". Make it with: wardroomd init --data " +
                     root.string() + " --host NAME");
  }
  std::error_code why;
  if (!fs::exists(dir.config(), why) || !fs::is_directory(dir.keys(), why))
    return not_found(root.string() +
                     " isn't a data directory of Wardroom: it has no wardroom.toml and keys/. Make "
                     "one with: wardroomd init --data DIR --host NAME");
  if ((info.st_mode & 077) != 0)
    return forbidden("directory_open_to_others",
                     "Others can enter " + root.string() + ". Run: chmod 700 " + root.string());
  // run/ may lie on a file system that starts empty.
  if (auto made = make_private_folder(dir.run()); !made) return made.error();
  if (::geteuid() == 0 && ::chown(dir.run().c_str(), info.st_uid, info.st_gid) != 0)
    return file_error(dir.run(), errno);
  return dir;
}

Result<void> give_to_owner(const DataDir& dir) {
  struct stat info {};
  if (::geteuid() != 0) return ok();
  if (::stat(dir.root.c_str(), &info) != 0) return file_error(dir.root, errno);
  std::error_code why;
  for (const auto& entry : fs::recursive_directory_iterator(dir.root, why))
    if (::lchown(entry.path().c_str(), info.st_uid, info.st_gid) != 0) return file_error(entry.path(), errno);
  return why ? Result<void>(file_error(dir.root, why.value())) : ok();
}

Result<void> give_to_service(const DataDir& dir) {
  struct stat info {};
  if (::geteuid() != 0) return ok();
  if (::stat(dir.root.c_str(), &info) != 0) return file_error(dir.root, errno);
  const passwd* account = ::getpwnam("wardroom");
  if (info.st_uid == 0 && account != nullptr &&
      ::chown(dir.root.c_str(), account->pw_uid, account->pw_gid) != 0)
    return file_error(dir.root, errno);
  return give_to_owner(dir);
}

std::string start_line(const DataDir& dir) {
  constexpr const char* kPackaged = "/var/lib/wardroom";
  constexpr const char* kUnit = "/lib/systemd/system/wardroomd.service";
  std::error_code unknown;
  if (dir.root.lexically_normal() == kPackaged && fs::exists(kUnit, unknown))
    return "systemctl enable --now wardroomd";
  return "wardroomd run --data " + dir.root.string();
}

Result<DirLock> DirLock::acquire(const DataDir& dir) {
  DirLock lock{::open(dir.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (lock.fd_ < 0) return file_error(dir.lock(), errno);
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_error(dir.lock(), errno);
    return conflict("directory_in_use", dir.root.string() + " is already served by " + holder(lock.fd_) +
                                            ". Stop it first, or name another directory.");
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // For people; on a full disk it locks without.
  if ((::ftruncate(lock.fd_, 0) != 0 || ::pwrite(lock.fd_, pid.data(), pid.size(), 0) < 0) && errno != ENOSPC)
    return file_error(dir.lock(), errno);
  return lock;
}

DirLock::~DirLock() {
  // The file stays: removing it would let a second process lock a new file of the same name.
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace wardroom::ops
