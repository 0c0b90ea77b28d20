#include "server/app/pulse.hpp"

namespace wardroom::app {

Pulse::Pulse(const std::vector<realtime::Executor*>& loops) {
  for (auto* loop : loops) loops_.push_back({loop, std::make_shared<std::atomic<bool>>(true)});
}

bool Pulse::beat() {
  bool all = true;
  for (const Loop& loop : loops_) {
    if (!loop.answered->exchange(false)) {
      all = false;
      continue;
    }
    loop.executor->post([answered = loop.answered] { *answered = true; });
  }
  return all;
}

}  // namespace wardroom::app
