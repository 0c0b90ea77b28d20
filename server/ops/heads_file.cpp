#include "server/ops/heads_file.hpp"

#include <fstream>

#include "common/base/log.hpp"
#include "common/base/target_file.hpp"

namespace wardroom::ops {

HeadsFile::HeadsFile(std::filesystem::path file, std::filesystem::path database,
                     std::chrono::milliseconds pause)
    : file_(std::move(file)), database_(std::move(database)), thread_(pause, [this](bool) { work(); }) {}

void HeadsFile::work() {
  const auto done = append_newest();
  if (done) {
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
  // Not a pipe that nobody reads, nor what a link points to, nor anything of the server's own.
  if (auto checked = check_target(file_); !checked) return checked;
  std::error_code unknown;
  const auto length = std::filesystem::file_size(file_, unknown);
  std::ofstream out(file_, std::ios::app | std::ios::binary);
  out << (unknown || length == 0 ? "" : "\n") << note << std::flush;
  if (!out) return make_error(ErrorCode::unavailable, file_.string() + " can't be written.");
  written_ = size;
  return ok();
}

}  // namespace wardroom::ops
