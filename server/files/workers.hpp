#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace wardroom::files {

// Threads that may wait for the disk: what reads and writes the bytes of files. First come, first served, so
// that of many transfers each goes on.
class Workers {
 public:
  using Job = std::function<void()>;
  // `queue`: jobs that may wait. Each transfer has one at a time.
  Workers(unsigned threads, std::size_t queue);
  ~Workers();

  // Any thread. False, and the job isn't run: the queue is full, or they stop. A job that throws costs itself
  // alone.
  bool submit(Job job);
  // Runs what is queued, then joins the threads. Idempotent.
  void stop();

 private:
  void run_thread();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wardroom::files
