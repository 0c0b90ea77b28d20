#include "server/commands/file/file_store.hpp"

#include <cerrno>
#include <system_error>

#include <sys/stat.h>

#include "common/base/log.hpp"

namespace wardroom::commands {
namespace {

constexpr unsigned kScanThreads = 2;
constexpr std::size_t kMostScans = 200;

void make_private_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    spdlog::error("files.folder_not_made folder={} what=\"{}\"", folder.string(),
                  std::generic_category().message(errno));
}

}  // namespace

FileStore::FileStore(std::filesystem::path root, std::unique_ptr<sqlite::Connection> db, unsigned threads,
                     std::size_t queue)
    : contents(std::move(root)),
      db_(std::move(db)),
      workers(threads, queue),
      scans_(kScanThreads, kMostScans) {
  make_private_folder(contents.root());
  make_private_folder(contents.uploads());
}

FileStore::~FileStore() {
  stop();
}

void FileStore::stop() {
  stopping_ = true;
  scans_.stop();
  workers.stop();
}

std::shared_ptr<files::Upload> FileStore::find_upload(const Uuid& id, std::int64_t size) {
  const std::lock_guard lock(mutex_);
  auto& upload = uploads_[id];
  if (!upload) upload = std::make_shared<files::Upload>(contents.upload_path(id), size);
  return upload;
}

void FileStore::end_upload(const Uuid& id) {
  {
    const std::lock_guard lock(mutex_);
    uploads_.erase(id);
  }
  contents.remove_upload(id);
}

Result<bool> FileStore::is_used(const Digest& content) {
  const std::lock_guard lock(db_mutex_);
  const bool used = store::is_content_used(*db_, content);
  if (!db_->failure()) return used;
  const Error failure = *db_->failure();
  db_->clear_error();
  return failure;
}

Result<bool> FileStore::is_open(const Uuid& upload) {
  const std::lock_guard lock(db_mutex_);
  const bool open = store::has_upload(*db_, upload);
  if (!db_->failure()) return open;
  const Error failure = *db_->failure();
  db_->clear_error();
  return failure;
}

bool FileStore::scan(const Uuid& id, const std::string& socket, Scanned then) {
  {
    const std::lock_guard lock(mutex_);
    if (!scanned_.insert(id).second) return false;
  }
  // It goes with the job, also with one that isn't taken or throws.
  const std::shared_ptr<void> place(nullptr, [this, id](void*) {
    const std::lock_guard lock(mutex_);
    scanned_.erase(id);
  });
  return scans_.submit([this, id, socket, place, then = std::move(then)] {
    const auto scan = files::scan_file(socket, contents.upload_path(id), stopping_);
    // What it didn't say in time must not pass for something that it can't look at.
    if (stopping_) return then(unavailable("The server is stopping. The upload goes on at its next start."));
    if (scan) {
      const bool fails = scan->verdict == files::Scan::Verdict::unknown;
      scanner_fails_ = fails;
      if (fails) spdlog::error("files.not_scanned upload={} what=\"{}\"", to_string(id), scan->text);
    }
    then(scan);
  });
}

void FileStore::note_infected(TimePoint at) {
  ++infected_;
  infected_at_ = to_unix_ms(at);
}

void FileStore::remove_unused(std::vector<Digest> unused, Done done) {
  if (unused.empty()) return done ? done(true) : void();
  const bool taken = workers.submit([this, unused = std::move(unused), done] {
    bool clean = true;
    for (const auto& content : unused) {
      const auto removed = contents.remove(content, [this](const Digest& asked) { return is_used(asked); });
      if (removed) continue;
      clean = false;
      spdlog::error("files.not_removed content={} message=\"{}\"", to_hex(content), removed.error().message);
    }
    if (done) done(clean);
  });
  if (taken) return;
  spdlog::warn("files.removal_put_off until=start");
  if (done) done(false);
}

void FileStore::remove_upload_soon(const Uuid& id) {
  if (!workers.submit([this, id] { end_upload(id); })) spdlog::warn("files.removal_put_off until=start");
}

void FileStore::sweep() {
  const bool taken = workers.submit([this] {
    const auto removed = contents.sweep([this](const Digest& content) { return is_used(content); },
                                        [this](const Uuid& id) { return is_open(id); });
    if (!removed)
      spdlog::error("files.not_swept message=\"{}\"", removed.error().message);
    else if (*removed > 0)
      spdlog::info("files.swept files={}", *removed);
  });
  if (!taken) spdlog::warn("files.not_swept message=\"the queue is full\"");
}

std::optional<std::int64_t> FileStore::free_bytes() const {
  std::error_code unknown;
  const auto space = std::filesystem::space(contents.root(), unknown);
  if (unknown) return std::nullopt;
  return static_cast<std::int64_t>(space.available);
}

}  // namespace wardroom::commands
