#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <sdbus-c++/sdbus-c++.h>

#include "client/session/attention_port.hpp"

namespace wardroom::client {

// Whether anybody is at the PC: GNOME's monitor of idle time, elsewhere the screen saver, while which is on
// nobody is. Asked now and then, as long as somebody wants to know. The bus's thread.
class BusIdle {
 public:
  using Clock = std::chrono::steady_clock;

  BusIdle(sdbus::IConnection& bus, const AttentionPort::Tell& tell);

  // 0: nobody wants to know any more.
  void watch(std::chrono::minutes after);
  bool can_tell() const { return monitor_works_ || saver_works_; }
  // When it asks next.
  std::optional<Clock::time_point> due() const { return due_; }
  void ask();

 private:
  void take_idle(bool idle);

  const AttentionPort::Tell& tell_;
  std::unique_ptr<sdbus::IProxy> monitor_;
  std::unique_ptr<sdbus::IProxy> saver_;
  std::chrono::milliseconds after_{0};
  std::optional<Clock::time_point> due_;
  bool monitor_works_ = false;
  bool saver_works_ = false;
  bool idle_ = false;
};

}  // namespace wardroom::client
