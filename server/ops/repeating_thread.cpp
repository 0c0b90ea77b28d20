#include "server/ops/repeating_thread.hpp"

#include <exception>
#include <signal.h>

#include "common/base/log.hpp"

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
  const auto work = [this](bool last) {
    try {
      work_(last);
    } catch (const std::exception& e) {  // no memory: the next time tries again
      spdlog::error("ops.thread_threw what=\"{}\"", e.what());
    }
  };
  for (;;) {
    work(false);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause_, [&] { return stopping_; })) break;
  }
  work(true);
}

}  // namespace wardroom::ops
