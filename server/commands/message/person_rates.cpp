#include "server/commands/message/person_rates.hpp"

namespace wardroom::commands {

Result<void> PersonRates::charge(realtime::Rate rate, UserId user, SteadyPoint now, double cost) {
  if (rate != rate_) {
    rate_ = rate;
    buckets_.clear();
  }
  auto [at, is_new] = buckets_.try_emplace(user, rate_, now);
  if (at->second.take(now, cost) == realtime::TokenBucket::Verdict::allowed) return ok();
  return Error{ErrorCode::rate_limited, "You are too fast. Wait a moment.", {}, {}, at->second.retry_after()};
}

}  // namespace wardroom::commands
