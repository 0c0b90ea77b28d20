#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <sdbus-c++/sdbus-c++.h>

#include "client/session/bus_idle.hpp"
#include "client/session/bus_notifications.hpp"
#include "client/session/bus_tray.hpp"

namespace wardroom::client {

// One connection to the session bus and what is on it. The bus's thread (BusAttention) alone; sdbus::Error
// leaves its functions when the connection is lost, and never otherwise.
class BusSession {
 public:
  explicit BusSession(const AttentionPort::Tell& tell);

  BusNotifications& notifications() { return notifications_; }
  BusTray& tray() { return tray_; }
  BusIdle& idle() { return idle_; }

  // Waits for the bus, for `wake_fd`, or until the next thing is due; then does what came.
  void turn(int wake_fd);
  // Sends what is queued, for as long as that takes at most.
  void flush(std::chrono::milliseconds at_most);

 private:
  void tell_support();
  void watch_names();

  const AttentionPort::Tell& tell_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::optional<AttentionSupport> told_;
  BusNotifications notifications_;
  BusTray tray_;
  BusIdle idle_;
};

}  // namespace wardroom::client
