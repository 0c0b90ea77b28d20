#include "server/ops/own_entries.hpp"

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <unistd.h>

#include <sys/stat.h>

#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace fs = std::filesystem;
namespace {

struct CloseListing {
  void operator()(DIR* listing) const { ::closedir(listing); }
};

Error link_refused(const fs::path& entry) {
  return forbidden("link_refused", entry.string() +
                                       " is a symbolic link, which isn't followed here. Put what it leads to "
                                       "in its place.");
}

// Why an entry couldn't be opened: of a link, the system's reason says nothing of use.
Error entry_error(const fs::path& entry, int why) {
  struct stat info {};
  if (::lstat(entry.c_str(), &info) == 0 && S_ISLNK(info.st_mode)) return link_refused(entry);
  return file_error(entry, why);
}

// Goes through a folder to its end whatever it meets, so that what can be given is; the first refusal is
// kept.
class Giving {
 public:
  explicit Giving(const Owner& owner) : owner_(owner) {}

  // Takes the descriptor over.
  void walk(int folder, const fs::path& path) {
    const std::unique_ptr<DIR, CloseListing> listing(::fdopendir(folder));
    if (!listing) {
      const int why = errno;
      ::close(folder);
      return refuse(file_error(path, why));
    }
    errno = 0;
    while (const dirent* entry = ::readdir(listing.get())) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") give(folder, entry->d_name, path / name);
      errno = 0;
    }
    if (errno != 0) refuse(file_error(path, errno));
  }

  Result<void> outcome() const { return outcome_; }

 private:
  void refuse(Error why) {
    if (outcome_) outcome_ = std::move(why);
  }

  void give(int folder, const char* name, const fs::path& path) {
    // Opens a link itself, and neither waits for a pipe nor wakes a device.
    const int entry = ::openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (entry < 0) {
      if (errno != ENOENT) refuse(file_error(path, errno));  // else a server that runs has removed it
      return;
    }
    give_opened(entry, path);
    ::close(entry);
  }

  void give_opened(int entry, const fs::path& path) {
    struct stat info {};
    if (::fstat(entry, &info) != 0) return refuse(file_error(path, errno));
    if (S_ISLNK(info.st_mode)) return refuse(link_refused(path));
    const bool is_folder = S_ISDIR(info.st_mode);
    if (info.st_uid != owner_.user || info.st_gid != owner_.group) {
      if (!is_folder && info.st_nlink > 1)
        return refuse(forbidden("link_refused",
                                path.string() + " has a second name, which may lie elsewhere, so its owner "
                                                "stays. Remove it, or replace it by a copy."));
      if (::fchownat(entry, "", owner_.user, owner_.group, AT_EMPTY_PATH) != 0)
        return refuse(file_error(path, errno));
    }
    if (!is_folder) return;
    const int inner = ::openat(entry, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (inner < 0) return refuse(file_error(path, errno));
    walk(inner, path);
  }

  const Owner owner_;
  Result<void> outcome_ = ok();
};

}  // namespace

Result<Owner> find_owner(const fs::path& directory) {
  struct stat info {};
  if (::stat(directory.c_str(), &info) != 0) return file_error(directory, errno);
  return Owner{info.st_uid, info.st_gid};
}

Result<OpenFolder> OpenFolder::open(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return entry_error(folder, errno);
  return OpenFolder(fd);
}

OpenFolder::~OpenFolder() {
  if (fd_ >= 0) ::close(fd_);
}

Result<OpenFolder> make_private_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return file_error(folder, errno);
  auto opened = OpenFolder::open(folder);
  if (opened && ::fchmod(opened->get(), 0700) != 0) return file_error(folder, errno);
  return opened;
}

Result<void> make_private_file(const fs::path& file) {
  // By its name: closing a descriptor of a database would let go of every lock that this process has on it.
  if (::fchmodat(AT_FDCWD, file.c_str(), 0600, AT_SYMLINK_NOFOLLOW) != 0) return entry_error(file, errno);
  return ok();
}

Result<void> give_entries(const fs::path& directory, const Owner& owner) {
  // The directory itself may be a link: its place is root's.
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return file_error(directory, errno);
  Giving giving(owner);
  giving.walk(fd, directory);
  return giving.outcome();
}

}  // namespace wardroom::ops
