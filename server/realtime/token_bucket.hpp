#pragma once

#include <algorithm>
#include <chrono>

#include "common/base/clock.hpp"

namespace wardroom::realtime {

// So many a second with bursts. A value; used on one thread.
struct Rate {
  double per_second = 20;
  double burst = 60;

  bool operator==(const Rate&) const = default;
};

class TokenBucket {
 public:
  enum class Verdict { allowed, refused, flood };

  TokenBucket() = default;
  TokenBucket(Rate rate, SteadyPoint now) : rate_(rate), tokens_(rate.burst), last_(now) {}

  // Takes `cost` tokens. Refusals cost a third: who goes on at more than three times the rate sinks to minus
  // twice the burst, and is then called a flood.
  Verdict take(SteadyPoint now, double cost = 1) {
    const std::chrono::duration<double> passed = now - last_;
    last_ = now;
    tokens_ = std::min(rate_.burst, tokens_ + passed.count() * rate_.per_second);
    if (tokens_ >= cost) {
      tokens_ -= cost;
      return Verdict::allowed;
    }
    tokens_ -= cost / 3;
    return tokens_ < -2 * rate_.burst ? Verdict::flood : Verdict::refused;
  }

  // Until one token is there again.
  std::chrono::milliseconds retry_after() const {
    const double missing = std::max(0.0, 1 - tokens_);
    return std::chrono::milliseconds{static_cast<std::int64_t>(missing / rate_.per_second * 1000) + 1};
  }

 private:
  Rate rate_;
  double tokens_ = 0;
  SteadyPoint last_{};
};

}  // namespace wardroom::realtime
