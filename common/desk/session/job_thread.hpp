#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace wardroom::desk {

// A thread for what may take its time, one job after the other. A job asks is_stopping() now and then, and
// ends soon once it is true; what still waits then isn't begun.
class JobThread {
 public:
  JobThread();
  ~JobThread();
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  // Any thread.
  void enqueue(std::function<void()> job);
  bool is_stopping() const { return stopping_; }

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<std::function<void()>> queue_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace wardroom::desk
