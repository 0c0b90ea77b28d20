#include "client/session/bus_attention.hpp"

#include <poll.h>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <sys/eventfd.h>

#include "client/session/bus_session.hpp"

namespace wardroom::client {
namespace {

// As many rooms as anybody is in; more would be a fault of ours, and costs notifications only.
constexpr std::size_t kMostWaiting = 10'000;
constexpr int kLookAgainMs = 30'000;
constexpr std::chrono::milliseconds kFarewell{300};

void sleep_until_woken(int wake_fd, int at_most_ms) {
  pollfd wait{wake_fd, POLLIN, 0};
  ::poll(&wait, 1, at_most_ms);
}

void forget_wakes(int wake_fd) {
  std::uint64_t wakes = 0;
  while (::read(wake_fd, &wakes, sizeof wakes) < 0 && errno == EINTR) {
  }
}

std::unique_ptr<BusSession> open_session(const AttentionPort::Tell& tell) {
  try {
    return std::make_unique<BusSession>(tell);
  } catch (const sdbus::Error& error) {
    spdlog::info("desktop.bus missing error={}", error.getName());
    AttentionSupport none;
    none.known = true;
    tell(AttentionFound{none});
    return nullptr;
  }
}

}  // namespace

BusAttention::BusAttention(Tell tell)
    : tell_(std::move(tell)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), thread_([this] { work(); }) {}

BusAttention::~BusAttention() {
  want([](Wanted& wanted) { wanted.stop = true; });
  thread_.join();
  if (wake_ >= 0) ::close(wake_);
}

template <class Change>
void BusAttention::want(Change change) {
  {
    const std::lock_guard lock(mutex_);
    change(wanted_);
  }
  wake();
}

void BusAttention::wake() {
  const std::uint64_t one = 1;
  // It only fails when it is full, and then the thread is awake.
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

void BusAttention::notify(const Notify& effect) {
  want([&](Wanted& wanted) {
    auto& all = wanted.notifications;
    if (all.size() < kMostWaiting || all.contains(effect.room)) all[effect.room] = effect;
  });
}

void BusAttention::withdraw(RoomId room) {
  want([&](Wanted& wanted) {
    auto& all = wanted.notifications;
    if (all.size() < kMostWaiting || all.contains(room)) all[room] = std::nullopt;
  });
}

void BusAttention::show_tray(const TrayProps& tray) {
  want([&](Wanted& wanted) { wanted.tray = tray; });
}

void BusAttention::watch_idle(std::chrono::minutes after) {
  want([&](Wanted& wanted) { wanted.idle_after = after; });
}

void BusAttention::work() {
  std::unique_ptr<BusSession> session;
  // For a bus that comes later, or again.
  TrayProps tray;
  std::chrono::minutes idle_after{0};
  for (;;) {
    if (!session && (session = open_session(tell_))) {
      session->tray().show(tray);
      session->idle().watch(idle_after);
    }
    Wanted wanted;
    {
      const std::lock_guard lock(mutex_);
      std::swap(wanted, wanted_);
    }
    if (wanted.tray) tray = *wanted.tray;
    if (wanted.idle_after) idle_after = *wanted.idle_after;
    if (!session) {
      if (wanted.stop) return;
      sleep_until_woken(wake_, kLookAgainMs);
      forget_wakes(wake_);
      continue;
    }
    try {
      for (const auto& [room, notify] : wanted.notifications) {
        if (notify)
          session->notifications().notify(*notify);
        else
          session->notifications().withdraw(room);
      }
      if (wanted.tray) session->tray().show(tray);
      if (wanted.idle_after) session->idle().watch(idle_after);
      if (wanted.stop) {
        session->notifications().withdraw_all();
        return session->flush(kFarewell);
      }
      session->turn(wake_);
      forget_wakes(wake_);
    } catch (const sdbus::Error& error) {
      spdlog::info("desktop.bus lost error={}", error.getName());
      session.reset();
      AttentionSupport none;
      none.known = true;
      tell_(AttentionFound{none});
      if (wanted.stop) return;
      // A bus that takes connections and drops them isn't asked without a pause.
      sleep_until_woken(wake_, kLookAgainMs);
    }
  }
}

}  // namespace wardroom::client
