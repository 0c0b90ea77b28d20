#include "client/session/attention_port.hpp"

#include "client/session/desktop.hpp"

namespace wardroom::client {
namespace {

// Notifications only: those of the desktop, as they come.
class PlainAttention final : public AttentionPort {
 public:
  PlainAttention(Desktop& desktop, const Tell& tell) : desktop_(desktop) {
    AttentionSupport support;
    support.known = support.bus = support.notifications = true;
    tell(AttentionFound{support});
  }
  void notify(const Notify& effect) override {
    if (!effect.silent) desktop_.notify(effect.room, effect.title, effect.text);
  }
  void withdraw(RoomId) override {}
  void show_tray(const TrayProps&) override {}
  void watch_idle(std::chrono::minutes) override {}

 private:
  Desktop& desktop_;
};

}  // namespace

std::unique_ptr<AttentionPort> open_attention(Desktop& desktop, AttentionPort::Tell tell) {
  return std::make_unique<PlainAttention>(desktop, tell);
}

}  // namespace wardroom::client
