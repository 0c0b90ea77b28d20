#include "server/ops/repeating_thread.hpp"

#include <signal.h>

namespace wardroom::ops {

void RepeatingThread::start() {
  thread_ = std::thread([this] { run(); });
}

void RepeatingThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RepeatingThread::run() {
  // A peer that hangs up while we write is an error of that write, not the end of the process.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  for (;;) {
    work_(false);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause_, [&] { return stopping_; })) break;
  }
  work_(true);
}

}  // namespace wardroom::ops
