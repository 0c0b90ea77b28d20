#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "server/realtime/peer.hpp"

namespace wardroom::app {

// Whether the network threads still take their turns: what the service's watchdog goes by. The writer and the
// readers are left out: a long rewrite of the database is work. Lives on the housekeeper's thread.
class Pulse {
 public:
  // The loops outlive it.
  explicit Pulse(const std::vector<realtime::Executor*>& loops);
  // Asks each loop that answered the last time. True when all had answered.
  bool beat();

 private:
  struct Loop {
    realtime::Executor* executor;
    std::shared_ptr<std::atomic<bool>> answered;  // shared with what waits in the loop's queue
  };
  std::vector<Loop> loops_;
};

}  // namespace wardroom::app
