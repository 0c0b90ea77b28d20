#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace wardroom::credentials {

// Holds refusals back, so that how long one took doesn't tell what was refused: each goes out a whole
// multiple of `step` after its attempt came in, and a step is longer than the most expensive hash (decision
// record 0012). Has a thread of its own, which sleeps; what it runs must not block. Callers on any thread.
class RefusalTimer {
 public:
  using Clock = std::chrono::steady_clock;

  // A step of zero holds nothing back: for tests, whose clock stands still.
  explicit RefusalTimer(std::chrono::milliseconds step);
  ~RefusalTimer();
  RefusalTimer(const RefusalTimer&) = delete;
  RefusalTimer& operator=(const RefusalTimer&) = delete;

  // Runs `refuse` when the step that is under way since `arrived` is over.
  void hold(Clock::time_point arrived, std::function<void()> refuse);
  // Runs at once what waits, and what comes later. Idempotent.
  void stop();

  // The end of the step in which `now` lies.
  static Clock::time_point due_at(Clock::time_point arrived, Clock::time_point now,
                                  std::chrono::milliseconds step);

 private:
  struct Held {
    Clock::time_point due;
    std::function<void()> refuse;
    bool operator<(const Held& other) const { return due > other.due; }  // the earliest on top
  };
  void run_thread();

  const std::chrono::milliseconds step_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::priority_queue<Held> held_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wardroom::credentials
