#include "server/ops/data_dir.hpp"

#include <cerrno>
#include <fcntl.h>
#include <pwd.h>
#include <string>
#include <unistd.h>

#include <sys/file.h>
#include <sys/stat.h>

#include "server/ops/durable_file.hpp"
#include "server/ops/own_entries.hpp"

namespace wardroom::ops {
namespace fs = std::filesystem;
namespace {

// What the process that holds the lock wrote into it.
std::string holder(int fd) {
  char text[32];
  const ssize_t n = ::pread(fd, text, sizeof text, 0);
  std::string pid{text, n > 0 ? static_cast<std::size_t>(n) : 0};
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "another process" : "process " + pid;
}

// A command of root's may be the first that makes and locks this; the service must be able to, afterwards,
// however the command ends.
Result<void> give_to_owner_of(const DataDir& dir, int fd, const fs::path& path) {
  if (::geteuid() != 0) return ok();
  const auto owner = find_owner(dir.root);
  if (!owner) return owner.error();
  return ::fchown(fd, owner->user, owner->group) == 0 ? ok() : Result<void>(file_error(path, errno));
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
  // The directory itself may be a link: it lies where its owner wants it.
  if ((::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST) || ::chmod(root.c_str(), 0700) != 0)
    return file_error(root, errno);
  for (const auto& folder : {dir.files(), dir.tls(), dir.keys(), dir.run()})
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
  const auto made = make_private_folder(dir.run());
  if (!made) return made.error();
  if (auto given = give_to_owner_of(dir, made->get(), dir.run()); !given) return given.error();
  return dir;
}

Result<void> give_to_owner(const DataDir& dir) {
  if (::geteuid() != 0) return ok();
  const auto owner = find_owner(dir.root);
  return owner ? give_entries(dir.root, *owner) : Result<void>(owner.error());
}

Result<void> give_to_service(const DataDir& dir) {
  if (::geteuid() != 0) return ok();
  const auto owner = find_owner(dir.root);
  if (!owner) return owner.error();
  const passwd* account = ::getpwnam("wardroom");
  if (owner->user == 0 && account != nullptr &&
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
  // Not through a link: root is asked to lock a directory in which another account may write.
  const auto run = OpenFolder::open(dir.run());
  if (!run) return run.error();
  DirLock lock{
      ::openat(run->get(), dir.lock().filename().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (lock.fd_ < 0) return file_error(dir.lock(), errno);
  if (auto given = give_to_owner_of(dir, lock.fd_, dir.lock()); !given) return given.error();
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_error(dir.lock(), errno);
    return conflict("directory_in_use", dir.root.string() + " is already served by " + holder(lock.fd_) +
                                            ". Stop it first, or name another directory.");
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // For people; on a full disk it locks without.
  const bool is_told = ::ftruncate(lock.fd_, 0) == 0 && ::pwrite(lock.fd_, pid.data(), pid.size(), 0) >= 0;
  if (!is_told && errno != ENOSPC && errno != EDQUOT) return file_error(dir.lock(), errno);
  return lock;
}

DirLock::~DirLock() {
  // The file stays: removing it would let a second process lock a new file of the same name.
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace wardroom::ops
