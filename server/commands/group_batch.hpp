#pragma once

#include "server/realtime/hub.hpp"

namespace wardroom::commands {

// Collects what the jobs of one commit group make known, and publishes it after the group. Writer thread.
class GroupBatch {
 public:
  explicit GroupBatch(realtime::Hub& hub) : hub_(hub) {}

  void add(realtime::Batch&& publications) {
    for (auto& publication : publications) batch_.push_back(std::move(publication));
  }
  void add(realtime::Publication publication) { batch_.push_back(std::move(publication)); }
  void publish() { hub_.publish(std::exchange(batch_, {})); }

 private:
  realtime::Hub& hub_;
  realtime::Batch batch_;
};

}  // namespace wardroom::commands
