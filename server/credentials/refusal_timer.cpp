#include "server/credentials/refusal_timer.hpp"

namespace wardroom::credentials {

RefusalTimer::RefusalTimer(std::chrono::milliseconds step) : step_(step) {
  if (step_.count() > 0) thread_ = std::thread([this] { run_thread(); });
}

RefusalTimer::~RefusalTimer() {
  stop();
}

RefusalTimer::Clock::time_point RefusalTimer::due_at(Clock::time_point arrived, Clock::time_point now,
                                                     std::chrono::milliseconds step) {
  const auto steps = (now - arrived) / step + 1;
  return arrived + steps * step;
}

void RefusalTimer::hold(Clock::time_point arrived, std::function<void()> refuse) {
  if (step_.count() > 0) {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      held_.push({due_at(arrived, Clock::now(), step_), std::move(refuse)});
      wake_.notify_one();
      return;
    }
  }
  refuse();
}

void RefusalTimer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void RefusalTimer::run_thread() {
  std::unique_lock lock(mutex_);
  while (!stopping_ || !held_.empty()) {
    if (held_.empty()) {
      wake_.wait(lock);
      continue;
    }
    if (const auto due = held_.top().due; !stopping_ && Clock::now() < due) {
      wake_.wait_until(lock, due);
      continue;
    }
    auto refuse = held_.top().refuse;
    held_.pop();
    lock.unlock();
    refuse();
    lock.lock();
  }
}

}  // namespace wardroom::credentials
