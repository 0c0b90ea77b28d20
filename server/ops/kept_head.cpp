#include "server/ops/kept_head.hpp"

#include <algorithm>
#include <iterator>

#include "common/base/log.hpp"
#include "common/tlog/merkle.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

constexpr std::chrono::seconds kPause{1};

// Any key that stands in the table wouldn't do: whoever can write the database would have a head of their own
// counted, and with it a log that they rewrote.
Result<tlog::Checkpoint> open_head(sqlite::Connection& db, const std::string& note) {
  for (const auto& stored : audit::load_trusted_keys(db)) {
    const auto key = tlog::VerifierKey::parse(stored.key);
    if (!key) continue;
    if (auto head = tlog::open_checkpoint(note, *key)) return *std::move(head);
  }
  if (db.failure()) return *db.failure();
  return make_error(
      ErrorCode::conflict,
      "keys/newest-head wasn't signed by this log's key, nor by one that handed over to it: wardroom.db is "
      "another office's, or older than the change of the key, or somebody replaced the file. Bring back the "
      "files that belong together; if it is this one that was damaged, delete it.",
      "database_foreign");
}

bool has_key_file(const DataDir& dir) {
  std::error_code why;
  for (const auto& entry : std::filesystem::directory_iterator(dir.keys(), why))
    if (entry.path().filename().string().starts_with("audit-")) return true;
  return false;
}

// A head is in the file before there is a key, a head in the database, or a record of a start. Any of these
// is enough: whoever takes the file away would have to take all of them, and without the key nothing is
// signed.
bool was_served(sqlite::Connection& db, const DataDir& dir) {
  return has_key_file(dir) || db.find<std::int64_t>("SELECT 1 FROM audit_keys LIMIT 1") ||
         db.find<std::int64_t>("SELECT 1 FROM audit_checkpoints LIMIT 1") ||
         db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE type = 'server.started' LIMIT 1");
}

}  // namespace

KeptHead::KeptHead(DataDir dir) : dir_(std::move(dir)), thread_(kPause, [this](bool) { work(); }) {}

void KeptHead::work() {
  const auto done = save_newest();
  state_.note(done);
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
  // Somebody may write into the database who can't sign, and may put a key of theirs there, too.
  const auto keys = audit::load_keys(*db_);
  if (db_->failure()) return *db_->failure();
  const auto check = [&](const audit::StoredKey& key) { return audit::check_signing_key(dir_.keys(), key); };
  if (const auto usable = keys.empty() ? ok() : check(keys.back()); !usable) {
    // A row of somebody's behind that of the key at hand: the server's own next key is in its file before its
    // row is there. A file that is gone, or can't be read now, is no sign of that.
    if (std::any_of(keys.begin(), std::prev(keys.end()), [&](const auto& key) { return bool{check(key)}; }))
      return make_error(ErrorCode::conflict, usable.error().message, "head_foreign");
    return usable;
  }
  const auto held = open_head(*db_, head->note);
  if (db_->failure()) return *db_->failure();
  if (!held)
    return make_error(ErrorCode::conflict,
                      "The newest head in wardroom.db isn't signed by this log's key: somebody put it there. "
                      "Keep the files as they are, tell your auditor, and run wardroomd check.",
                      "head_foreign");
  if (auto written = keep_head(dir_, head->note); !written) return written;
  kept_ = head->size;
  return ok();
}

Result<std::optional<std::string>> load_kept_head(const DataDir& dir) {
  std::error_code missing;
  if (!std::filesystem::exists(dir.newest_head(), missing)) return std::optional<std::string>{};
  auto note = read_small_file(dir.newest_head());
  if (!note) return note.error();
  return std::optional(std::move(*note));
}

Result<void> keep_head(const DataDir& dir, const std::string& note) {
  return write_durably(dir.newest_head(), note, 0600);
}

Result<std::optional<HeadMismatch>> compare_kept_head(sqlite::Connection& db, const DataDir& dir) {
  using Kind = HeadMismatch::Kind;
  const auto note = load_kept_head(dir);
  if (!note) return note.error();
  HeadMismatch mismatch;
  if (!*note && !was_served(db, dir)) {
    if (db.failure()) return *db.failure();
    return std::optional<HeadMismatch>{};
  }
  mismatch.found = audit::load_present_head(db);
  if (db.failure()) return *db.failure();
  if (!*note) return std::optional(std::move(mismatch));
  if (!tlog::parse_checkpoint(**note)) {
    mismatch.kind = Kind::unreadable;
    return std::optional(std::move(mismatch));
  }
  const auto head = open_head(db, **note);
  if (!head) return head.error();
  const bool extends = audit::extends(db, *head, mismatch.found);
  if (db.failure()) return *db.failure();
  if (extends) return std::optional<HeadMismatch>{};
  mismatch.kind = mismatch.found.size < head->size ? Kind::shorter : Kind::differs;
  mismatch.kept = *head;
  return std::optional(std::move(mismatch));
}

}  // namespace wardroom::ops
