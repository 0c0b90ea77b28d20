#include "server/store/writer.hpp"

#include <exception>
#include <sqlite3.h>
#include <utility>

#include "common/base/log.hpp"
#include "common/base/turn.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::store {
namespace {

constexpr std::chrono::milliseconds kSlowGroup{10};

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

Error mistake() {
  return make_error(ErrorCode::internal, "The server made a mistake; its log has the details.");
}

void undo_down_to(WriteTx& tx, std::size_t size) {
  for (; tx.undo.size() > size; tx.undo.pop_back()) {
    try {
      tx.undo.back()();
    } catch (const std::exception& e) {  // no memory: the others are undone all the same
      spdlog::error("store.undo_threw what=\"{}\"", e.what());
    }
  }
}

Result<void> run_job(WriteJob& job, WriteTx& tx) {
  try {
    return job.run(tx);
  } catch (const std::exception& e) {
    spdlog::error("store.job_threw what=\"{}\"", e.what());
    return mistake();
  }
}

}  // namespace

struct Writer::Outcome {
  std::unique_ptr<WriteJob> job;
  Result<void> result = ok();
};

Writer::Writer(std::unique_ptr<sqlite::Connection> db, const Clock& clock, Limits limits)
    : db_(std::move(db)), clock_(clock), limits_(limits) {}

Writer::~Writer() {
  stop();
}

void Writer::start(Hooks hooks) {
  hooks_ = std::move(hooks);
  thread_ = std::thread([this] { run_thread(); });
}

// The end goes into the list like a job, and nothing goes in behind it: what came before is finished, what
// comes after is refused by who brings it.
void Writer::finish() {
  WriteJob* head = incoming_.load(std::memory_order_acquire);
  do {
    if (head == &end_) return;
    end_.next_ = head;
  } while (!incoming_.compare_exchange_weak(head, &end_, std::memory_order_acq_rel));
  incoming_.notify_one();
  if (thread_.joinable()) thread_.join();
  while (WriteJob* job = wait_for_jobs())  // there are some only if the thread was never started
    while (job) {
      std::unique_ptr<WriteJob> late(std::exchange(job, job->next_));
      refuse_stopping(*late);
    }
}

void Writer::stop() {
  finish();
  db_.reset();
}

void Writer::refuse_stopping(WriteJob& job) {
  job.finished(unavailable("The server is stopping. Try again in a moment.", std::chrono::seconds{2}));
}

void Writer::submit(std::unique_ptr<WriteJob> job) {
  if (health_.load(std::memory_order_relaxed) == Health::failed) {
    job->finished(make_error(
        ErrorCode::unavailable,
        "The server's disk has failed to keep what was written; it accepts nothing until it is restarted.",
        "disk_error"));
    return;
  }
  if (reads_only_.load(std::memory_order_relaxed) ||
      (saving_.load(std::memory_order_relaxed) && !job->is_vital())) {
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
  job->submitted_ = std::chrono::steady_clock::now();
  WriteJob* head = incoming_.load(std::memory_order_relaxed);
  do {
    if (head == &end_) {
      queued_.fetch_sub(1, std::memory_order_relaxed);
      return refuse_stopping(*job);
    }
    job->next_ = head;
  } while (!incoming_.compare_exchange_weak(head, job.get(), std::memory_order_release,
                                            std::memory_order_relaxed));
  job.release();
  // What comes in within one turn of a network thread goes into one group, and wakes the writer once. Another
  // thread's job behind one that waits for the end of its turn doesn't wait for it.
  const auto wake = [](void* self) noexcept { static_cast<Writer*>(self)->incoming_.notify_one(); };
  if (!at_turn_end(wake, this)) incoming_.notify_one();
}

void Writer::begin_saving() {
  saving_ = true;
  health_ = Health::disk_full;
}

void Writer::begin_reading_only() {
  reads_only_ = true;
  health_ = Health::disk_full;
}

// Oldest first; nullptr when the list is closed and empty.
WriteJob* Writer::wait_for_jobs() {
  WriteJob* newest = incoming_.load(std::memory_order_acquire);
  for (;;) {
    if (newest == &end_) {
      newest = std::exchange(end_.next_, nullptr);
      break;
    }
    if (!newest) {
      incoming_.wait(nullptr);
      newest = incoming_.load(std::memory_order_acquire);
    } else if (incoming_.compare_exchange_weak(newest, nullptr, std::memory_order_acquire)) {
      break;
    }
  }
  WriteJob* oldest = nullptr;
  while (newest) {
    WriteJob* following = std::exchange(newest->next_, oldest);
    oldest = newest;
    newest = following;
  }
  return oldest;
}

void Writer::run_thread() {
  std::vector<Outcome> outcomes;
  outcomes.reserve(limits_.group);  // so that each job has its owner before anything can be thrown
  while (WriteJob* jobs = wait_for_jobs()) {
    while (jobs) {
      WriteJob* first = jobs;
      WriteJob* last = first;
      for (std::size_t n = 1; n < limits_.group && last->next_; ++n) last = last->next_;
      jobs = last->next_;
      last->next_ = nullptr;
      run_group(first, outcomes);
    }
  }
}

void Writer::run_group(WriteJob* first, std::vector<Outcome>& outcomes) {
  const auto started = std::chrono::steady_clock::now();
  for (WriteJob* job = first; job; job = job->next_) {
    queue_times_.note(started - job->submitted_);
    outcomes.push_back({std::unique_ptr<WriteJob>(job)});
  }
  Result<void> committed = ok();
  {
    WriteTx tx{*db_, clock_.now(), {}, clock_.trusted()};
    tx.posting = &posting_;
    try {
      committed = run_jobs(tx, outcomes);
    } catch (const std::exception& e) {  // no memory, outside of a job: the transaction was undone
      spdlog::error("store.group_threw what=\"{}\"", e.what());
      committed = Error{ErrorCode::internal, "Out of memory.", {}, {}, {}};
      db_->clear_error();
    }
    if (!committed) {
      posting_.forget();  // it may hold what was undone
      undo_down_to(tx, 0);
    }
  }
  if (!committed)
    failed_groups_.fetch_add(1, std::memory_order_relaxed);
  else if (!saving_ && health_.exchange(Health::ok) == Health::disk_full)
    spdlog::warn("store.disk_has_room writes=taken_again");
  const auto took = std::chrono::steady_clock::now() - started;
  commit_times_.note(took);
  // Those that nobody waits for, each second, aren't worth a line.
  if (took > kSlowGroup)
    spdlog::debug("store.slow_group jobs={} us={} committed={}", outcomes.size(),
                  std::chrono::duration_cast<std::chrono::microseconds>(took).count(), committed.has_value());
  groups_.fetch_add(1, std::memory_order_relaxed);
  jobs_.fetch_add(outcomes.size(), std::memory_order_relaxed);
  queued_.fetch_sub(outcomes.size(), std::memory_order_relaxed);
  tell(outcomes, committed);
}

Result<void> Writer::run_jobs(WriteTx& tx, std::vector<Outcome>& outcomes) {
  sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
  posting_.begin();
  for (auto& outcome : outcomes) {
    if (db_->failure()) break;  // of the whole group
    const std::size_t commitments = tx.commitments.size();
    const std::size_t reactions = tx.reactions.size();
    const std::size_t records = tx.records.size();
    const std::size_t undo = tx.undo.size();
    const std::int64_t changes = db_->total_changes();
    std::optional<sqlite::Savepoint> savepoint;
    if (!outcome.job->checks_first()) savepoint.emplace(*db_);
    outcome.result = run_job(*outcome.job, tx);
    if (db_->failure()) {
      outcome.result = *db_->failure();
      if (spoils_the_transaction(db_->failure_code())) break;
      db_->clear_error();
    }
    if (outcome.result) {
      if (savepoint) savepoint->keep();
      continue;
    }
    tx.commitments.resize(commitments);
    tx.reactions.resize(reactions);
    tx.records.resize(records);
    undo_down_to(tx, undo);
    if (savepoint || db_->total_changes() == changes) continue;
    spdlog::error("store.job_failed_late why=\"{}\" group=undone", outcome.result.error().message);
    return mistake();
  }
  return seal_and_commit(tx, transaction);
}

// Everybody, whatever happens to one of them.
void Writer::tell(std::vector<Outcome>& outcomes, const Result<void>& committed) {
  bool lost = false;
  for (auto& outcome : outcomes) {
    try {
      outcome.job->finished(committed ? outcome.result : committed);
    } catch (const std::exception& e) {
      spdlog::error("store.finished_threw what=\"{}\"", e.what());
      lost = true;
    }
    outcome.job.reset();
  }
  outcomes.clear();
  try {
    if (lost && hooks_.lost) hooks_.lost();
    if (hooks_.after_group) hooks_.after_group();
  } catch (const std::exception& e) {
    spdlog::error("store.after_group_threw what=\"{}\"", e.what());
  }
}

Result<void> Writer::seal_and_commit(WriteTx& tx, sqlite::Transaction& transaction) {
  if (!db_->failure() && hooks_.before_commit) {
    try {
      hooks_.before_commit(tx);
    } catch (const std::exception& e) {  // without its seal the group isn't kept: `transaction` undoes it
      spdlog::error("store.seal_threw what=\"{}\"", e.what());
      return mistake();
    }
  }
  auto committed = transaction.commit();
  if (!committed)
    note_failure(transaction.failure_code());
  else if (hooks_.committed)
    hooks_.committed(tx);
  return committed;
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
  return {groups_.load(), jobs_.load(), failed_groups_.load(), queued_.load(), health_.load()};
}

}  // namespace wardroom::store
