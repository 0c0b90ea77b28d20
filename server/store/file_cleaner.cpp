#include "server/store/file_cleaner.hpp"

#include <sqlite3.h>

#include "common/base/log.hpp"

namespace wardroom::store {
namespace {

constexpr int kAttempts = 20;
// How long one attempt waits for readers; between two attempts other changes have their turn.
constexpr int kAttemptMs = 100;
constexpr int kUsualMs = 5000;

// The temporary copy lies in a file: the whole database would not fit into memory.
bool rewrite(sqlite::Connection& db) {
  const auto done = db.run_script("PRAGMA temp_store = FILE; VACUUM");
  if (!done) spdlog::warn("store.rewrite_failed message=\"{}\"", done.error().message);
  db.clear_error();
  const auto usual = db.run_script("PRAGMA temp_store = MEMORY");
  return done && usual;
}

bool cut_log(sqlite::Connection& db) {
  sqlite3_busy_timeout(db.handle(), kAttemptMs);
  const int code =
      sqlite3_wal_checkpoint_v2(db.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(db.handle(), kUsualMs);
  return code == SQLITE_OK;
}

}  // namespace

// Does its work in finished(): there the writer's connection is outside a transaction.
class FileCleaning final : public WriteJob {
 public:
  FileCleaning(FileCleaner& cleaner, FileCleaner::Left left, int attempts, FileCleaner::Done done)
      : cleaner_(cleaner), left_(left), attempts_(attempts), done_(std::move(done)) {}

  Result<void> run(WriteTx& tx) override {
    db_ = &tx.db;
    return ok();
  }

  void finished(const Result<void>& outcome) override {
    using Left = FileCleaner::Left;
    const bool may = outcome && db_ && !db_->in_transaction();
    if (may && left_ == Left::all && rewrite(*db_)) left_ = Left::log;
    if (may && left_ == Left::log && cut_log(*db_)) left_ = Left::nothing;
    if (may && left_ == Left::log && attempts_ > 1)
      return cleaner_.writer_.submit(
          std::make_unique<FileCleaning>(cleaner_, left_, attempts_ - 1, std::move(done_)));
    cleaner_.left_ = left_;
    if (left_ != Left::nothing) spdlog::warn("store.files_not_clean_yet");
    if (left_ == Left::nothing && cleaner_.further_)
      cleaner_.further_(done_ ? std::move(done_) : FileCleaner::Done([](bool) {}));
    else if (done_)
      done_(left_ == Left::nothing);
  }

 private:
  FileCleaner& cleaner_;
  FileCleaner::Left left_;
  const int attempts_;
  FileCleaner::Done done_;
  sqlite::Connection* db_ = nullptr;
};

void FileCleaner::clean(Done done) {
  writer_.submit(std::make_unique<FileCleaning>(*this, Left::all, kAttempts, std::move(done)));
}

void FileCleaner::retry() {
  const Left left = left_.exchange(Left::nothing);
  if (left != Left::nothing) writer_.submit(std::make_unique<FileCleaning>(*this, left, kAttempts, Done{}));
}

}  // namespace wardroom::store
