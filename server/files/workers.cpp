#include "server/files/workers.hpp"

#include <exception>

#include "common/base/give_way.hpp"
#include "common/base/log.hpp"

namespace wardroom::files {
namespace {

// Messages first: where processors are short, files wait for them.
constexpr int kNice = 10;

}  // namespace

Workers::Workers(unsigned threads, std::size_t queue) : queue_limit_(queue) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run_thread(); });
}

Workers::~Workers() {
  stop();
}

bool Workers::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= queue_limit_) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void Workers::run_thread() {
  give_way(kNice);
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    try {
      job();
    } catch (const std::exception& e) {
      spdlog::error("files.job_threw what=\"{}\"", e.what());
    }
  }
}

}  // namespace wardroom::files
