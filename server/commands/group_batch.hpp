#pragma once

#include "common/base/log.hpp"
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
  // Something of the group couldn't be added: there was no memory for it.
  void lose() noexcept { lost_ = true; }

  // Nobody misses anything and goes on: where not all of it can be published, everybody who is connected
  // connects again and reads what they missed. When not even that can be said, it is after the next group.
  void publish() noexcept {
    try {
      if (!lost_) hub_.publish(std::exchange(batch_, {}));
    } catch (const std::exception& e) {
      spdlog::error("realtime.batch_not_published what=\"{}\"", e.what());
      lost_ = true;
    }
    if (lost_) start_over();
  }

 private:
  void start_over() noexcept {
    try {
      batch_.clear();
      hub_.close_all(protocol::CloseCode::failed);
      lost_ = false;
    } catch (const std::exception& e) {
      spdlog::error("realtime.not_closed what=\"{}\"", e.what());
    }
  }

  realtime::Hub& hub_;
  realtime::Batch batch_;
  bool lost_ = false;
};

}  // namespace wardroom::commands
