#include "client/session/bus_session.hpp"

#include <algorithm>
#include <array>
#include <poll.h>

namespace wardroom::client {
namespace {

// Then what the window wants is looked at again, however much the bus has to say.
constexpr int kMostAtOnce = 100;
constexpr std::chrono::seconds kBusPatience{10};

int milliseconds_until(std::optional<BusIdle::Clock::time_point> due) {
  if (!due) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - BusIdle::Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 600'000));
}

// The shorter of two waits, of which a negative one has no end.
int sooner_of(int a, int b) {
  if (a < 0 || b < 0) return std::max(a, b);
  return std::min(a, b);
}

std::unique_ptr<sdbus::IConnection> connect_to_bus() {
  auto connection = sdbus::createSessionBusConnection();
  connection->setMethodCallTimeout(kBusPatience);
  return connection;
}

}  // namespace

BusSession::BusSession(const AttentionPort::Tell& tell)
    : tell_(tell),
      connection_(connect_to_bus()),
      notifications_(*connection_, tell),
      tray_(*connection_, tell),
      idle_(*connection_, tell) {
  watch_names();
}

// Services may start after this program, and end before it.
void BusSession::watch_names() {
  const auto watch = [this](const std::string& name, auto changed) {
    const std::string rule =
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
        "member='NameOwnerChanged',arg0='" +
        name + "'";
    connection_->addMatch(
        rule,
        [changed](sdbus::Message& message) {
          std::string changed_name, before, now;
          message >> changed_name >> before >> now;
          changed(!now.empty());
        },
        sdbus::floating_slot);
  };
  watch("org.freedesktop.Notifications", [this](bool there) { notifications_.restart(there); });
  watch("org.kde.StatusNotifierWatcher", [this](bool there) { tray_.restart(there); });
}

void BusSession::turn(int wake_fd) {
  tell_support();
  const auto data = connection_->getEventLoopPollData();
  const int wait = sooner_of(data.getPollTimeout(), milliseconds_until(idle_.due()));
  std::array<pollfd, 2> waits{{{data.fd, data.events, 0}, {wake_fd, POLLIN, 0}}};
  ::poll(waits.data(), waits.size(), wait);
  for (int i = 0; i < kMostAtOnce && connection_->processPendingRequest(); ++i) {
  }
  if (idle_.due() && *idle_.due() <= BusIdle::Clock::now()) idle_.ask();
  tell_support();
}

void BusSession::flush(std::chrono::milliseconds at_most) {
  const auto end = BusIdle::Clock::now() + at_most;
  while (BusIdle::Clock::now() < end) {
    if (connection_->processPendingRequest()) continue;
    const auto data = connection_->getEventLoopPollData();
    // All is written; what the services answer isn't waited for.
    if ((data.events & POLLOUT) == 0) return;
    pollfd wait{data.fd, data.events, 0};
    ::poll(&wait, 1, milliseconds_until(end));
  }
}

void BusSession::tell_support() {
  AttentionSupport support;
  support.known = support.bus = true;
  support.notifications = notifications_.is_there();
  support.presses = notifications_.takes_presses();
  support.replies = notifications_.takes_replies();
  support.tray = tray_.is_there();
  support.idle = idle_.can_tell();
  if (told_ == support) return;
  told_ = support;
  tell_(AttentionFound{support});
}

}  // namespace wardroom::client
