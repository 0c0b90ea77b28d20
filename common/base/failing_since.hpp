#pragma once

#include <atomic>
#include <limits>

#include "common/base/clock.hpp"

namespace wardroom {

// Since when something that is tried again and again hasn't come about. By the steady clock, which nobody
// sets. Any thread.
class FailingSince {
 public:
  void note(bool failed, SteadyPoint now = std::chrono::steady_clock::now()) {
    auto before = kNot;
    if (!failed)
      since_ = kNot;
    else
      since_.compare_exchange_strong(before, now.time_since_epoch().count());
  }
  bool for_at_least(SteadyPoint::duration span, SteadyPoint now = std::chrono::steady_clock::now()) const {
    const auto since = since_.load();
    return since != kNot && now.time_since_epoch() - SteadyPoint::duration{since} >= span;
  }

 private:
  static constexpr SteadyPoint::rep kNot = std::numeric_limits<SteadyPoint::rep>::min();
  std::atomic<SteadyPoint::rep> since_{kNot};
};

}  // namespace wardroom
