#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/piecewise_check.hpp"
#include "server/audit/last_check.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// How the server's check of itself stands, for whoever watches it.
struct CheckStatus {
  std::optional<std::chrono::seconds>
      age;                               // since the last complete one; nothing: not known, or there is none
  std::optional<audit::LastCheck> last;  // nothing: none was completed
};

// Looks through the database and its audit log on a thread of its own, at the lowest priority, over a
// read-only connection, and records what came of it (server.integrity_checked). It goes in slices, each a
// read transaction of some milliseconds with a pause after it: nobody waits for it, and the write-ahead log
// can be moved into the database in between. One check at a time. The writer and the clock outlive it.
class IntegrityCheck {
 public:
  // `share`: of one processor, in percent.
  IntegrityCheck(std::filesystem::path database, store::Writer& writer, const Clock& clock, unsigned share)
      : database_(std::move(database)), writer_(writer), clock_(clock), share_(share) {}
  // Ends a check that is under way; then nothing is recorded.
  ~IntegrityCheck() { stop(); }

  // Takes the last complete check from the log.
  void load_last();
  // Begins a check unless one is under way. One thread calls begin() and stop().
  void begin();
  void stop();
  // Any thread.
  CheckStatus status() const;

 private:
  void run_thread() noexcept;
  void run();
  std::optional<Result<CheckOutcome>> check(sqlite::Connection& db);
  std::optional<Result<CheckOutcome>> try_check(sqlite::Connection& db) noexcept;
  bool pause(std::chrono::nanoseconds worked);
  void record(const Result<CheckOutcome>& outcome, std::chrono::seconds took);

  const std::filesystem::path database_;
  store::Writer& writer_;
  const Clock& clock_;
  const unsigned share_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  sqlite::Connection* checking_ = nullptr;  // while a check is under way
  std::optional<audit::LastCheck> last_;
  std::optional<SteadyPoint> last_ended_;
  std::atomic<bool> busy_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace wardroom::app
