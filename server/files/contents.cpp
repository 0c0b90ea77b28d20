#include "server/files/contents.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <system_error>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "common/base/sha256.hpp"

namespace wardroom::files {
namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return ok();
  return storage_error("can't store files", errno);
}

Result<void> sync_folder(const fs::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return storage_error("can't store files", errno);
  return ok();
}

std::optional<Digest> content_of(const fs::path& folder, const fs::path& file) {
  const auto bytes = parse_hex(folder.filename().string() + file.filename().string());
  if (folder.filename().string().size() != 2) return std::nullopt;
  return to_digest(bytes);
}

}  // namespace

Error storage_error(const char* what, int error_number) {
  return make_error(
      ErrorCode::unavailable,
      std::string("The server ") + what + ": " + std::generic_category().message(error_number) + ".",
      error_number == ENOSPC || error_number == EDQUOT ? "disk_full" : "files_failed");
}

Contents::Kept::~Kept() {
  if (!owner_) return;
  const std::lock_guard lock(owner_->kept_mutex_);
  const auto kept = owner_->kept_.find(content_);
  if (kept != owner_->kept_.end() && --kept->second == 0) owner_->kept_.erase(kept);
}

fs::path Contents::path_of(const Digest& content) const {
  const std::string name = to_hex(content);
  return root_ / name.substr(0, 2) / name.substr(2);
}

Result<Contents::Kept> Contents::adopt(const Uuid& upload, const Digest& content) {
  const fs::path from = upload_path(upload), to = path_of(content);
  const std::lock_guard lock(mutex_);
  if (auto made = make_folder(to.parent_path()); !made) return made.error();
  struct stat there {
  }, whole{};
  if (::stat(from.c_str(), &whole) != 0) return storage_error("can't store files", errno);
  // One of another size isn't this content any more, whatever it is called.
  if (::stat(to.c_str(), &there) == 0 && there.st_size != whole.st_size) ::unlink(to.c_str());
  if (::link(from.c_str(), to.c_str()) != 0 && errno != EEXIST)
    return storage_error("can't store files", errno);
  // The folder of the folder, too: it may be new.
  for (const fs::path& folder : {to.parent_path(), root_})
    if (auto synced = sync_folder(folder); !synced) return synced.error();
  {
    const std::lock_guard look(kept_mutex_);
    ++kept_[content];
  }
  return Kept(*this, content);
}

Result<Descriptor> Contents::open(const Digest& content) const {
  Descriptor fd(::open(path_of(content).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (fd) return fd;
  if (errno == ENOENT) return not_found("The bytes of this file are missing on the server.");
  return storage_error("can't read files", errno);
}

Result<bool> Contents::remove(const Digest& content, const IsUsed& is_used) {
  const std::lock_guard lock(mutex_);
  {
    // None comes meanwhile: that takes the other lock. One that goes has its row in the database by now.
    const std::lock_guard look(kept_mutex_);
    if (kept_.contains(content)) return false;
  }
  const auto used = is_used(content);
  if (!used) return used.error();
  if (*used) return false;
  if (::unlink(path_of(content).c_str()) != 0 && errno != ENOENT)
    return storage_error("can't remove files", errno);
  return true;
}

void Contents::remove_upload(const Uuid& id) const {
  const fs::path file = upload_path(id);
  for (const char* end : {"", ".from"})
    if (::unlink((file.string() + end).c_str()) != 0 && errno != ENOENT)
      spdlog::warn("files.not_removed file={}{} what=\"{}\"", file.string(), end,
                   std::generic_category().message(errno));
}

Result<void> Contents::each_content(const See& see) const {
  std::error_code why;
  for (const auto& folder : fs::directory_iterator(root_, why)) {
    if (folder.path() == uploads()) continue;
    if (!folder.is_directory(why)) {
      if (!see(folder.path(), std::nullopt)) return ok();
      continue;
    }
    for (const auto& file : fs::directory_iterator(folder.path(), why))
      if (!see(file.path(), content_of(folder.path(), file.path()))) return ok();
    if (why) break;
  }
  if (why && why != std::errc::no_such_file_or_directory)
    return storage_error("can't read files", why.value());
  return ok();
}

Result<std::int64_t> Contents::sweep_uploads(const IsOpen& is_open) {
  std::int64_t removed = 0;
  std::error_code why;
  for (const auto& file : fs::directory_iterator(uploads(), why)) {
    const auto id = parse_uuid(file.path().stem().string());
    if (!id) continue;
    const auto open = is_open(*id);
    if (!open) return open.error();
    if (*open) continue;
    ::unlink(file.path().c_str());
    ++removed;
  }
  return removed;
}

Result<std::int64_t> Contents::sweep(const IsUsed& is_used, const IsOpen& is_open) {
  auto removed = sweep_uploads(is_open);
  if (!removed) return removed;
  std::optional<Error> failure;
  const auto walked = each_content([&](const fs::path&, const std::optional<Digest>& content) {
    if (!content) return true;  // not ours to judge; `wardroomd check` names it
    const auto gone = remove(*content, is_used);
    if (!gone) failure = gone.error();
    if (gone && *gone) ++*removed;
    return gone.has_value();
  });
  if (failure) return *failure;
  if (!walked) return walked.error();
  return removed;
}

Result<Digest> digest_of(int file, std::int64_t from) {
  Sha256 hash;
  std::array<std::byte, 32 * 1024> block;
  for (off_t at = from;;) {
    const ssize_t got = ::pread(file, block.data(), block.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage_error("can't read files", errno);
    if (got == 0) break;
    hash.update(std::span(block).first(static_cast<std::size_t>(got)));
    at += got;
  }
  return hash.digest();
}

}  // namespace wardroom::files
