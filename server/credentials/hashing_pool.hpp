#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "server/credentials/password_hash.hpp"

namespace wardroom::credentials {

struct HashingLimits {
  unsigned threads = 1;
  std::size_t queue = 200;         // jobs waiting, in each lane
  std::size_t per_address = 4;     // jobs waiting or running for one address key
  HashCost unknown = kMemberCost;  // what a name that nobody has costs: as much as a member's
};

// Who has shown that they belong here (a known device, a session) doesn't wait behind who hasn't.
enum class Lane { known, newcomer };

// A claim to be somebody. `phc` is empty for an unknown, disabled or throttled name: the answer is then
// `false`, after the same work as a wrong password of a member.
struct Claim {
  std::string phc;
  Secret password;
  HashCost wanted = kMemberCost;  // the cost that this person's hash should have by now
};

struct Verdict {
  bool matches = false;
  std::optional<std::string> rehashed;  // a fresh PHC string when it matches and its cost was another
};

// The threads on which passwords are hashed, so that a storm of sign-ins takes the memory of `threads` hashes
// and leaves the network and writer threads alone. Callers on any thread; completions run on a hashing thread
// and hand their result on: `internal` when there was no memory for the work. Over a limit the answer is
// `unavailable` with `retry_after`, before any hashing. Destruction finishes the jobs that run and drops
// those that wait: their connections are closing with the server. The threads give way to those that carry
// messages.
class HashingPool {
 public:
  explicit HashingPool(HashingLimits limits);
  ~HashingPool();
  HashingPool(const HashingPool&) = delete;
  HashingPool& operator=(const HashingPool&) = delete;

  // `address` is the key of the per-address limit: the peer's network, or in the lane of the known what it is
  // known by.
  Result<void> verify(std::string address, Claim claim, std::function<void(Result<Verdict>)> done,
                      Lane lane = Lane::newcomer);
  Result<void> hash(std::string address, Secret password, HashCost cost,
                    std::function<void(Result<std::string>)> done, Lane lane = Lane::newcomer);

  // Jobs waiting now, for metrics.
  std::size_t waiting() const;
  // Refuses newcomers, drops who waits, joins the threads. Idempotent; not from a hashing thread.
  void stop();

 private:
  struct Job {
    std::string address;
    std::function<void()> run;
  };
  using Queue = std::deque<Job>;

  Result<void> submit(Lane lane, std::string address, std::function<void()> run);
  void work();
  Job take_next();
  void release(const std::string& address);
  Error busy(const Queue& queue) const;

  const HashingLimits limits_;
  const std::string dummy_;  // verified instead of an unknown person's hash
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Queue known_, newcomers_;
  std::unordered_map<std::string, std::size_t> by_address_;
  std::chrono::milliseconds typical_{30};  // smoothed duration of a job, for retry_after
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wardroom::credentials
