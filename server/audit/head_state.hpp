#pragma once

#include <atomic>

#include "common/base/failing_since.hpp"
#include "common/base/result.hpp"

namespace wardroom::audit {

// Why heads of the log aren't signed, or not kept; the worst last.
enum class HeadTrouble {
  none,
  stopped,  // for a minute
  differs,  // the log or its newest head isn't the server's
};

// How signing heads, or keeping them, comes along: for alarms and metrics. Any thread.
class HeadState {
 public:
  // What came of it this time.
  void note(const Result<void>& done) {
    failing_.note(!done);
    if (!done && (done.error().reason == "log_differs" || done.error().reason == "head_foreign"))
      differs_ = true;
  }
  // A log that differed once is somebody's to look into, though it be put back: until the next start.
  HeadTrouble trouble(SteadyPoint now = std::chrono::steady_clock::now()) const {
    if (differs_) return HeadTrouble::differs;
    return failing_.for_at_least(std::chrono::minutes{1}, now) ? HeadTrouble::stopped : HeadTrouble::none;
  }

 private:
  FailingSince failing_;
  std::atomic<bool> differs_{false};
};

}  // namespace wardroom::audit
