#include "server/ops/kept_head.hpp"

#include "common/base/log.hpp"
#include "common/tlog/checkpoint.hpp"
#include "common/tlog/merkle.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

constexpr std::chrono::seconds kPause{1};

Result<tlog::Checkpoint> open_head(sqlite::Connection& db, const std::string& note) {
  for (const auto& stored : audit::load_keys(db)) {
    const auto key = tlog::VerifierKey::parse(stored.key);
    if (!key) continue;
    if (auto head = tlog::open_checkpoint(note, *key)) return *std::move(head);
  }
  if (db.failure()) return *db.failure();
  return make_error(
      ErrorCode::conflict,
      "keys/newest-head was signed by a key that wardroom.db doesn't know: the database is another "
      "office's, or older than the change of the key.",
      "database_foreign");
}

}  // namespace

KeptHead::KeptHead(DataDir dir) : dir_(std::move(dir)), thread_(kPause, [this](bool) { work(); }) {}

void KeptHead::work() {
  const auto done = save_newest();
  if (done) {
    told_ = false;
    return;
  }
  if (db_) db_->clear_error();
  if (!std::exchange(told_, true)) spdlog::error("audit.head_not_kept message=\"{}\"", done.error().message);
}

Result<void> KeptHead::save_newest() {
  if (!db_) {
    auto db = sqlite::Connection::open(dir_.database(), sqlite::Connection::Mode::read_only);
    if (!db) return db.error();
    db_ = std::move(*db);
  }
  const auto head = audit::find_newest_head(*db_);
  if (db_->failure()) return *db_->failure();
  if (!head || head->size <= kept_) return ok();
  if (auto written = write_durably(dir_.newest_head(), head->note, 0600); !written) return written;
  kept_ = head->size;
  return ok();
}

Result<std::optional<Shortfall>> find_shortfall(sqlite::Connection& db, const DataDir& dir) {
  std::error_code missing;
  if (!std::filesystem::exists(dir.newest_head(), missing)) return std::optional<Shortfall>{};
  const auto note = read_small_file(dir.newest_head());
  if (!note) return note.error();
  const auto head = open_head(db, *note);
  if (!head) return head.error();
  const std::int64_t found = audit::count_records(db);
  if (db.failure()) return *db.failure();
  if (found < head->size) return std::optional(Shortfall{head->size, found});
  const Digest root = tlog::root_at(audit::node_reader(db), head->size);
  if (db.failure()) return *db.failure();
  if (root != head->root)
    return make_error(
        ErrorCode::conflict,
        "The first " + std::to_string(head->size) +
            " records of the log aren't those that keys/newest-head was signed over. Keep the files as "
            "they are and tell your auditor.",
        "log_differs");
  return std::optional<Shortfall>{};
}

}  // namespace wardroom::ops
