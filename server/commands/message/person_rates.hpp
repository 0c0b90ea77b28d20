#pragma once

#include <unordered_map>

#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "server/realtime/token_bucket.hpp"

namespace wardroom::commands {

// How fast each person may post, edit and react, over all of their devices. Lives on the writer thread.
class PersonRates {
 public:
  explicit PersonRates(realtime::Rate rate) : rate_(rate) {}

  // `rate_limited` with the time to come back when the person is over the rate.
  // A message costs 1.
  Result<void> charge(UserId user, SteadyPoint now, double cost = 1);

 private:
  const realtime::Rate rate_;
  std::unordered_map<UserId, realtime::TokenBucket> buckets_;
};

}  // namespace wardroom::commands
