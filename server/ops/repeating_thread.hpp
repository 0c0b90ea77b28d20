#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace wardroom::ops {

// Calls `work` again and again on a thread of its own, with a pause between, and a last time when it is
// stopped. Whatever `work` uses outlives it.
class RepeatingThread {
 public:
  using Work = std::function<void(bool last)>;
  RepeatingThread(std::chrono::milliseconds pause, Work work) : pause_(pause), work_(std::move(work)) {}
  ~RepeatingThread() { stop(); }

  void start();
  // Waits for the last call. Idempotent.
  void stop();

 private:
  void run();

  const std::chrono::milliseconds pause_;
  const Work work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wardroom::ops
