#pragma once

#include <chrono>
#include <optional>

#include "common/base/clock.hpp"

namespace wardroom::ops {

// Tells when the machine's clock was moved against the one that only runs: by more than 5 s between two
// looks. A value of its owner's thread.
class ClockWatch {
 public:
  // `clock` outlives it.
  explicit ClockWatch(const Clock& clock) : clock_(clock), now_(clock.now()), steady_(clock.steady()) {}

  struct Jump {
    std::chrono::milliseconds by{};  // forward, or back when it is negative
    TimePoint expected;
    TimePoint now;
  };
  // What has happened since the last call; call every second.
  std::optional<Jump> look();

 private:
  const Clock& clock_;
  TimePoint now_;
  SteadyPoint steady_;
};

}  // namespace wardroom::ops
