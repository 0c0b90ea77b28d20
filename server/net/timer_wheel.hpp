#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace wardroom::net {

// Seconds since the network thread's clock began. Coarse on purpose: one wheel serves every timeout.
using Tick = std::uint32_t;

constexpr Tick to_ticks(std::chrono::seconds duration) {
  return static_cast<Tick>(duration.count());
}

// One pending timeout; derive from it. At most one wheel holds it, and it takes itself out when it goes.
class Timer {
 public:
  Timer() = default;
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  virtual ~Timer() { unlink(); }

  // Called once when the time set has come; may schedule again.
  virtual void on_timer(Tick now) = 0;

 private:
  friend class TimerWheel;
  void unlink();

  Timer* previous_ = nullptr;
  Timer* next_ = nullptr;
  Tick due_ = 0;
};

// Hashed timing wheel with slots of a second: setting and moving a timeout cost a few instructions and no
// memory. Lives on one network thread.
class TimerWheel {
 public:
  TimerWheel();
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;
  ~TimerWheel();

  // Replaces what was set before. A time that has passed comes with the next tick.
  void schedule(Timer& timer, Tick due);
  // Runs everything due up to `now`.
  void advance(Tick now);
  Tick now() const { return now_; }

 private:
  static constexpr std::size_t kSlots = 128;
  struct Head final : Timer {
    Head() { previous_ = next_ = this; }
    void on_timer(Tick) override {}
    using Timer::previous_, Timer::next_;
  };
  void run_slot(Head& head, Tick now);
  static void link(Head& head, Timer& timer);

  std::array<Head, kSlots> slots_;
  Tick now_ = 0;
};

}  // namespace wardroom::net
