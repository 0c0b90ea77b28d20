#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/histogram.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/store/posting_cache.hpp"
#include "server/store/write_job.hpp"

namespace wardroom::store {

// The one thread that changes the database. It takes all jobs that queued while the last commit ran, runs
// each in its savepoint, and makes them durable with one COMMIT and sync; a busy server so pays one sync for
// many messages, an idle one waits for nobody.
//
// Failures: a job's own error undoes that job alone (see WriteJob::checks_first). A full disk or an I/O error
// undoes the whole group, and every job of it is told. After a failed sync nothing more is written until a
// restart has recovered the file: the kernel may have dropped the pages, and a later sync would vouch for
// them (decision record 0003).
class Writer {
 public:
  struct Hooks {
    // Writer thread, before each COMMIT, inside the transaction: seals the group (audit record of its
    // messages).
    std::function<void(WriteTx&)> before_commit;
    // Writer thread, after the last finished() of a group.
    std::function<void()> after_group;
    // Writer thread, when the disk is full: frees room that was kept for vital jobs, and says whether there
    // was any. From then on only those are taken, until end_saving().
    std::function<bool()> release_reserve = {};
    // Writer thread, before after_group: a finished() of the group threw, so that not everybody may hear of
    // what was written.
    std::function<void()> lost = {};
    // Writer thread, right after each COMMIT that made a group durable. Throws nothing.
    std::function<void(const WriteTx&)> committed = {};
  };
  struct Limits {
    std::size_t group = 256;     // jobs in one commit
    std::size_t queue = 10'000;  // jobs that wait; over it submit() refuses
  };
  enum class Health { ok, disk_full, failed };

  // `db` is used by the writer thread alone from now on. `clock` outlives the writer.
  Writer(std::unique_ptr<sqlite::Connection> db, const Clock& clock, Limits limits);
  // Finishes what is queued, then stops.
  ~Writer();

  // Call once, before the first submit().
  void start(Hooks hooks);
  // Any thread. The room was given free already: before start(). / The disk has room again.
  void begin_saving();
  void end_saving() { saving_ = false; }
  bool is_saving() const { return saving_ || reads_only_; }
  // Before start(). There is no room for anything, and the database was opened to be read: every job is
  // refused, until another start.
  void begin_reading_only();
  bool reads_only() const { return reads_only_; }
  // Refuses new jobs, finishes what is queued, joins the thread. Idempotent.
  void finish();
  // As finish(), and closes the database. Who closes it last leaves everything in the one file.
  void stop();

  // Any thread. On refusal (queue full, stopping) the job's finished() is called at once on this thread.
  void submit(std::unique_ptr<WriteJob> job);

  struct Stats {
    std::uint64_t groups = 0, jobs = 0, failed_groups = 0;
    std::size_t queued = 0;
    Health health = Health::ok;
  };
  Stats stats() const;
  // How long groups took, and how long changes waited for theirs.
  const Histogram& commit_times() const { return commit_times_; }
  const Histogram& queue_times() const { return queue_times_; }

 private:
  void run_thread();
  // Stands at the end of the list once that is closed; never dereferenced as a job.
  class End final : public WriteJob {
    Result<void> run(WriteTx&) override { return ok(); }
    void finished(const Result<void>&) override {}
  };
  WriteJob* wait_for_jobs();
  struct Outcome;
  void run_group(WriteJob* first, std::vector<Outcome>& outcomes);
  Result<void> run_jobs(WriteTx& tx, std::vector<Outcome>& outcomes);
  void tell(std::vector<Outcome>& outcomes, const Result<void>& committed);
  static void refuse_stopping(WriteJob& job);
  Result<void> seal_and_commit(WriteTx& tx, sqlite::Transaction& transaction);
  void note_failure(int sqlite_code);

  std::unique_ptr<sqlite::Connection> db_;
  PostingCache posting_{*db_};
  const Clock& clock_;
  const Limits limits_;
  Hooks hooks_;
  End end_;
  std::atomic<WriteJob*> incoming_{
      nullptr};  // newest first; the writer takes all and reverses. &end_: closed
  std::atomic<std::size_t> queued_{0};
  std::atomic<Health> health_{Health::ok};
  std::atomic<bool> saving_{false};  // the disk is full; vital jobs alone
  std::atomic<bool> reads_only_{false};
  std::atomic<std::uint64_t> groups_{0}, jobs_{0}, failed_groups_{0};
  Histogram commit_times_, queue_times_;
  std::thread thread_;
};

}  // namespace wardroom::store
