#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "common/base/histogram.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::sqlite {
class SlowStatements;
}

namespace wardroom::store {

// A few threads with read-only connections, for history, lists and audit queries. Each job sees one stable
// snapshot of the database that contains everything committed before the job began.
class Readers {
 public:
  using Job = std::function<void(sqlite::Connection&)>;
  // Told, once, of a job that isn't run or that threw: on the thread that submits or on a reader thread.
  using Refused = std::function<void(const Error&)>;

  // Opens `threads` connections to the file. `queue`: jobs that may wait. `prepare` has each connection
  // first.
  using Prepare = std::function<Result<void>(sqlite::Connection&)>;
  using Mode = sqlite::Connection::Mode;
  static Result<std::unique_ptr<Readers>> open(const std::filesystem::path& file, std::size_t threads,
                                               std::size_t queue, const Prepare& prepare = {},
                                               Mode mode = Mode::read_only);
  ~Readers();

  // Any thread. `refused`: `unavailable` when the queue is full or the pool stops, `internal` for a job that
  // threw, which costs that one answer and nothing else.
  void submit(Job job, Refused refused);
  // Before the first job.
  void watch(sqlite::SlowStatements& slow);
  // How long jobs waited for a thread.
  const Histogram& wait_times() const { return wait_times_; }
  // Runs what is queued, then joins the threads. Idempotent.
  void stop();

 private:
  explicit Readers(std::size_t queue) : queue_limit_(queue) {}
  struct Task {
    Job job;
    Refused refused;
    std::chrono::steady_clock::time_point submitted;
  };
  void run_thread(sqlite::Connection& db);
  static void run(const Task& task, sqlite::Connection& db) noexcept;

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  Histogram wait_times_;
  bool stopping_ = false;
  std::vector<std::unique_ptr<sqlite::Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace wardroom::store
