#include "common/base/inbox.hpp"

namespace wardroom {

void Inbox::post(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_();
}

bool Inbox::drain() {
  std::vector<std::function<void()>> jobs;
  {
    const std::lock_guard lock(mutex_);
    jobs.swap(jobs_);
  }
  for (const auto& job : jobs) job();
  return !jobs.empty();
}

}  // namespace wardroom
