#pragma once

#include "common/base/clock.hpp"

namespace wardroom {

// A clock that nobody sets: it begins with what another one shows, and goes on by what passes. For what waits
// in a program. `clock` outlives it.
class ElapsedClock final : public Clock {
 public:
  explicit ElapsedClock(const Clock& clock) : clock_(clock), start_(clock.now()), began_(clock.steady()) {}
  TimePoint now() const override {
    return start_ + std::chrono::floor<std::chrono::milliseconds>(clock_.steady() - began_);
  }
  SteadyPoint steady() const override { return clock_.steady(); }

 private:
  const Clock& clock_;
  const TimePoint start_;
  const SteadyPoint began_;
};

}  // namespace wardroom
