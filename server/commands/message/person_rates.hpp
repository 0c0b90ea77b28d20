#pragma once

#include <unordered_map>

#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "server/realtime/token_bucket.hpp"

namespace wardroom::commands {

// How fast each person may post, edit and react, over all of their devices. Lives on the writer thread.
class PersonRates {
 public:
  // `rate_limited` with the time to come back when the person is over the rate; with another one than before
  // everybody begins anew. A message costs 1.
  Result<void> charge(realtime::Rate rate, UserId user, SteadyPoint now, double cost = 1);

 private:
  realtime::Rate rate_;
  std::unordered_map<UserId, realtime::TokenBucket> buckets_;
};

}  // namespace wardroom::commands
