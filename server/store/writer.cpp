#include "server/store/writer.hpp"

#include <exception>
#include <sqlite3.h>
#include <utility>

#include "common/base/log.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::store {
namespace {

// Wakes a writer that waits on `incoming_` for its end; never dereferenced.
class StopMark final : public WriteJob {
  Result<void> run(WriteTx&) override { return ok(); }
  void finished(const Result<void>&) noexcept override {}
};
StopMark stop_mark;

struct Outcome {
  std::unique_ptr<WriteJob> job;
  Result<void> result = ok();
};

bool spoils_the_transaction(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return true;
    default:
      return false;
  }
}

Result<void> run_job(WriteJob& job, WriteTx& tx) {
  try {
    return job.run(tx);
  } catch (const std::exception& e) {
    spdlog::error("store.job_threw what=\"{}\"", e.what());
    return make_error(ErrorCode::internal, "The server made a mistake; its log has the details.");
  }
}

}  // namespace

Writer::Writer(std::unique_ptr<sqlite::Connection> db, const Clock& clock, Limits limits)
    : db_(std::move(db)), clock_(clock), limits_(limits) {}

Writer::~Writer() {
  stop();
}

void Writer::start(Hooks hooks) {
  hooks_ = std::move(hooks);
  thread_ = std::thread([this] { run_thread(); });
}

void Writer::stop() {
  if (stopping_.exchange(true)) return;
  if (!thread_.joinable()) return;
  // The mark is the last thing in the list that anyone waits for: submit() refuses from here on.
  stop_mark.next_ = nullptr;
  WriteJob* head = incoming_.load();
  if (!head) incoming_.compare_exchange_strong(head, &stop_mark);
  incoming_.notify_one();
  thread_.join();
  // A submit() that passed its check while stop() began may have pushed after the thread's last look.
  for (WriteJob* job = wait_for_jobs(); job;) {
    std::unique_ptr<WriteJob> late(std::exchange(job, job->next_));
    late->finished(unavailable("The server is stopping. Try again in a moment.", std::chrono::seconds{2}));
  }
  db_.reset();
}

void Writer::submit(std::unique_ptr<WriteJob> job) {
  const Health health = health_.load(std::memory_order_relaxed);
  if (stopping_.load(std::memory_order_relaxed)) {
    job->finished(unavailable("The server is stopping. Try again in a moment.", std::chrono::seconds{2}));
    return;
  }
  if (health == Health::failed) {
    job->finished(make_error(
        ErrorCode::unavailable,
        "The server's disk has failed to keep what was written; it accepts nothing until it is restarted.",
        "disk_error"));
    return;
  }
  if (saving_.load(std::memory_order_relaxed) && !job->is_vital()) {
    job->finished(make_error(ErrorCode::unavailable,
                             "The disk is full. Free some space; nothing that was acknowledged is lost.",
                             "disk_full"));
    return;
  }
  if (queued_.fetch_add(1, std::memory_order_relaxed) >= limits_.queue) {
    queued_.fetch_sub(1, std::memory_order_relaxed);
    job->finished(
        unavailable("The server has too much to write. Try again in a moment.", std::chrono::seconds{1}));
    return;
  }
  WriteJob* raw = job.release();
  WriteJob* head = incoming_.load(std::memory_order_relaxed);
  do {
    raw->next_ = head;
  } while (!incoming_.compare_exchange_weak(head, raw, std::memory_order_release, std::memory_order_relaxed));
  if (!head) incoming_.notify_one();
}

void Writer::begin_saving() {
  saving_ = true;
  health_ = Health::disk_full;
}

WriteJob* Writer::wait_for_jobs() {
  WriteJob* newest = nullptr;
  while (!(newest = incoming_.exchange(nullptr, std::memory_order_acquire))) {
    if (stopping_) return nullptr;
    incoming_.wait(nullptr);
  }
  WriteJob* oldest = nullptr;
  while (newest) {
    WriteJob* following = newest->next_;
    if (newest != &stop_mark) {
      newest->next_ = oldest;
      oldest = newest;
    }
    newest = following;
  }
  return oldest;
}

void Writer::run_thread() {
  for (;;) {
    WriteJob* jobs = wait_for_jobs();
    if (!jobs && stopping_ && !incoming_.load()) return;
    while (jobs) {
      WriteJob* first = jobs;
      WriteJob* last = first;
      for (std::size_t n = 1; n < limits_.group && last->next_; ++n) last = last->next_;
      jobs = last->next_;
      last->next_ = nullptr;
      run_group(first);
    }
  }
}

void Writer::run_group(WriteJob* first) {
  std::vector<Outcome> outcomes;
  const auto started = std::chrono::steady_clock::now();
  Result<void> committed = ok();
  {
    sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
    WriteTx tx{*db_, clock_.now(), {}, clock_.trusted()};
    for (WriteJob* job = first; job; job = job->next_) outcomes.push_back({std::unique_ptr<WriteJob>(job)});
    for (auto& outcome : outcomes) {
      if (db_->failure()) break;  // of the whole group
      const std::size_t commitments = tx.commitments.size();
      sqlite::Savepoint savepoint(*db_);
      outcome.result = run_job(*outcome.job, tx);
      if (db_->failure()) {
        outcome.result = *db_->failure();
        if (spoils_the_transaction(db_->failure_code())) break;
        db_->clear_error();
      }
      if (outcome.result)
        savepoint.keep();
      else
        tx.commitments.resize(commitments);
    }
    if (!db_->failure() && hooks_.before_commit) hooks_.before_commit(tx);
    const int code = db_->failure_code();
    if (code) note_failure(code);
    committed = transaction.commit();
    if (!committed && !code) note_failure(sqlite3_extended_errcode(db_->handle()));
  }
  if (!committed)
    failed_groups_.fetch_add(1, std::memory_order_relaxed);
  else if (!saving_)
    health_ = Health::ok;
  const auto took = std::chrono::steady_clock::now() - started;
  commit_us_ +=
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  groups_.fetch_add(1, std::memory_order_relaxed);
  jobs_.fetch_add(outcomes.size(), std::memory_order_relaxed);
  queued_.fetch_sub(outcomes.size(), std::memory_order_relaxed);
  for (auto& outcome : outcomes) {
    outcome.job->finished(committed ? outcome.result : committed);
    outcome.job.reset();
  }
  if (hooks_.after_group) hooks_.after_group();
}

void Writer::note_failure(int sqlite_code) {
  const bool is_sync = sqlite_code == SQLITE_IOERR_FSYNC || sqlite_code == SQLITE_IOERR_DIR_FSYNC;
  if ((sqlite_code & 0xFF) == SQLITE_FULL) {
    if (health_.exchange(Health::disk_full) != Health::disk_full)
      spdlog::error("store.disk_full writes=refused reads=served");
    if (hooks_.release_reserve && hooks_.release_reserve()) begin_saving();
  } else if (is_sync || (sqlite_code & 0xFF) == SQLITE_CORRUPT) {
    health_ = Health::failed;
    spdlog::error("store.failed sqlite_code={} writes=refused_until_restart", sqlite_code);
  } else {
    spdlog::error("store.group_failed sqlite_code={}", sqlite_code);
  }
}

Writer::Stats Writer::stats() const {
  return {groups_.load(),    jobs_.load(),   failed_groups_.load(),
          commit_us_.load(), queued_.load(), health_.load()};
}

}  // namespace wardroom::store
