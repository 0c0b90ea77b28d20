#pragma once

#include <functional>
#include <memory>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"

namespace wardroom::client {

// What the desktop shows and tells of this program outside its window: notifications, the icon in the tray,
// whether anybody is there. Every call returns at once, and what can't be done is left out: AttentionFound
// says what can.
class AttentionPort {
 public:
  // Called on a thread of the port's own. The events are those of client/model that speak of this.
  using Tell = std::function<void(Event)>;

  virtual ~AttentionPort() = default;
  virtual void notify(const Notify& effect) = 0;
  virtual void withdraw(RoomId room) = 0;
  virtual void show_tray(const TrayProps& tray) = 0;
  virtual void watch_idle(std::chrono::minutes after) = 0;
};

// This system's own.
std::unique_ptr<AttentionPort> open_attention(AttentionPort::Tell tell);

}  // namespace wardroom::client
