#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "client/session/attention_port.hpp"

namespace wardroom::client {

// The desktop's session bus (D-Bus), by which notifications, tray and idle time are asked for. On a thread of
// its own, which is the only one that knows the bus; a desktop that doesn't answer holds up nothing else.
// Without a bus, or when it goes, it looks again now and then.
class BusAttention final : public AttentionPort {
 public:
  explicit BusAttention(Tell tell);
  // Takes back what is shown, if the desktop hears it soon.
  ~BusAttention() override;
  BusAttention(const BusAttention&) = delete;
  BusAttention& operator=(const BusAttention&) = delete;

  void notify(const Notify& effect) override;
  void withdraw(RoomId room) override;
  void show_tray(const TrayProps& tray) override;
  void watch_idle(std::chrono::minutes after) override;

 private:
  // What is wanted and not yet taken up: of each thing the newest, so that it stays small however long the
  // bus takes.
  struct Wanted {
    std::map<RoomId, std::optional<Notify>> notifications;  // nothing: withdrawn
    std::optional<TrayProps> tray;
    std::optional<std::chrono::minutes> idle_after;
    bool stop = false;
  };

  template <class Change>
  void want(Change change);
  void work();
  void wake();

  const Tell tell_;
  int wake_;  // an eventfd
  std::mutex mutex_;
  Wanted wanted_;
  std::thread thread_;
};

}  // namespace wardroom::client
