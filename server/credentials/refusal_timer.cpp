#include "server/credentials/refusal_timer.hpp"

#include <exception>

#include "common/base/log.hpp"

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
      try {
        held_.push({due_at(arrived, Clock::now(), step_), refuse});
        wake_.notify_one();
        return;
      } catch (const std::exception& e) {  // no memory: an answer that is early is better than none
        spdlog::error("credentials.refusal_not_held what=\"{}\"", e.what());
      }
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
    // Moved out of what goes in a moment; the order goes by `due` alone.
    auto refuse = std::move(const_cast<Held&>(held_.top()).refuse);
    held_.pop();
    lock.unlock();
    try {
      refuse();
    } catch (const std::exception& e) {  // the others get theirs
      spdlog::error("credentials.refusal_threw what=\"{}\"", e.what());
    }
    refuse = nullptr;  // what it captured is let go of outside the lock
    lock.lock();
  }
}

}  // namespace wardroom::credentials
