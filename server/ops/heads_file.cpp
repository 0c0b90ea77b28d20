#include "server/ops/heads_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "common/base/target_file.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

Result<void> append_note(const std::filesystem::path& file, const std::string& note) {
  // Not a pipe that nobody reads, nor what a link points to, nor anything of the server's own. Whoever may
  // write to the folder can put one there after the question, too.
  if (auto checked = check_target(file); !checked) return checked;
  const int fd = ::open(file.c_str(),
                        O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
  if (fd < 0) return file_error(file, errno);
  struct stat info {};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return unavailable(file.string() + " is no ordinary file and isn't written to.");
  }
  const std::string text = (info.st_size == 0 ? "" : "\n") + note;
  const ssize_t n = ::write(fd, text.data(), text.size());
  const int why = n < 0 ? errno : ENOSPC;
  ::close(fd);
  return n == static_cast<ssize_t>(text.size()) ? ok() : Result<void>(file_error(file, why));
}

}  // namespace

HeadsFile::HeadsFile(std::filesystem::path file, std::filesystem::path database,
                     std::chrono::milliseconds pause)
    : file_(std::move(file)), database_(std::move(database)), thread_(pause, [this](bool) { work(); }) {}

void HeadsFile::work() {
  failing_.note(true);  // until it is there: a disk may hang as well as refuse
  const auto done = append_newest();
  if (done) {
    failing_.note(false);
    told_ = false;
    return;
  }
  if (db_) db_->clear_error();
  if (!std::exchange(told_, true))
    spdlog::error("audit.head_not_copied message=\"{}\"", done.error().message);
}

Result<void> HeadsFile::append_newest() {
  if (!db_) {
    auto db = sqlite::Connection::open(database_, sqlite::Connection::Mode::read_only);
    if (!db) return db.error();
    db_ = std::move(*db);
  }
  std::int64_t size = 0;
  std::string note;
  {
    auto row = db_->query("SELECT size, note FROM audit_checkpoints ORDER BY size DESC LIMIT 1");
    if (row.step()) {
      size = row.get<std::int64_t>(0);
      note = row.get<std::string>(1);
    }
  }
  if (db_->failure()) return *db_->failure();
  if (size <= written_) return ok();
  if (auto appended = append_note(file_, note); !appended) return appended;
  written_ = size;
  return ok();
}

}  // namespace wardroom::ops
