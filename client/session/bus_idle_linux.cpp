#include "client/session/bus_idle.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kAskEvery{30};

}  // namespace

BusIdle::BusIdle(sdbus::IConnection& bus, const AttentionPort::Tell& tell)
    : tell_(tell),
      monitor_(sdbus::createProxy(bus, "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core")),
      saver_(sdbus::createProxy(bus, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")) {
  // Once, so that it is known whether it can be asked.
  ask();
}

void BusIdle::watch(std::chrono::minutes after) {
  after_ = after;
  due_.reset();
  idle_ = false;
  if (after_.count() > 0) due_ = Clock::now();
}

void BusIdle::ask() {
  if (after_.count() > 0) due_ = Clock::now() + kAskEvery;
  monitor_->callMethodAsync("GetIdletime")
      .onInterface("org.gnome.Mutter.IdleMonitor")
      .uponReplyInvoke([this](const sdbus::Error* error, std::uint64_t idle_ms) {
        monitor_works_ = !error;
        if (!error) take_idle(idle_ms >= static_cast<std::uint64_t>(after_.count()));
      });
  saver_->callMethodAsync("GetActive")
      .onInterface("org.freedesktop.ScreenSaver")
      .uponReplyInvoke([this](const sdbus::Error* error, bool active) {
        saver_works_ = !error;
        // Where there is a monitor it knows better: the picture of a saver isn't on at once.
        if (!error && !monitor_works_) take_idle(active);
      });
}

void BusIdle::take_idle(bool idle) {
  if (after_.count() == 0 || idle == idle_) return;
  idle_ = idle;
  tell_(IdleChanged{idle});
}

}  // namespace wardroom::client
