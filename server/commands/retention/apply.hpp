#pragma once

#include <atomic>

namespace wardroom::commands {

struct Services;
class GroupBatch;

// Whether the rules are being applied: one round at a time. Any thread.
class RetentionRound {
 public:
  bool begin() noexcept { return !runs_.exchange(true); }
  void end() noexcept { runs_ = false; }
  bool runs() const noexcept { return runs_; }

 private:
  std::atomic<bool> runs_{false};
};

// Removes what the retention rules don't keep any longer: looked up on reader threads, removed in steps, each
// with its record, and told to the rooms. Returns at once; does nothing while a round is under way. Call
// every hour. Any thread.
void submit_retention(Services& services, GroupBatch& batch);

}  // namespace wardroom::commands
