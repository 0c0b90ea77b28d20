#include "client/session/attention_runner.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::client;

namespace {

// Remembers what it was asked for; what it tells is told by the test.
struct FakeAttention final : AttentionPort {
  struct Asked {
    std::vector<Notify> notifications;
    std::vector<RoomId> withdrawn;
    TrayProps tray;
    std::chrono::minutes idle_after{0};
  };
  explicit FakeAttention(Asked& into) : asked(into) {}
  void notify(const Notify& effect) override { asked.notifications.push_back(effect); }
  void withdraw(RoomId room) override { asked.withdrawn.push_back(room); }
  void show_tray(const TrayProps& tray) override { asked.tray = tray; }
  void watch_idle(std::chrono::minutes after) override { asked.idle_after = after; }
  Asked& asked;
};

}  // namespace

TEST_CASE("The runner hands to the port what the model asks for, and to the model what the port tells") {
  FakeAttention::Asked asked;
  AttentionPort::Tell tell;
  int wakes = 0;
  Inbox inbox([&] { ++wakes; });
  std::vector<Event> events;
  AttentionRunner runner(inbox, [&](const Event& event) { events.push_back(event); },
                         {[&](AttentionPort::Tell given) {
                            tell = std::move(given);
                            return std::make_unique<FakeAttention>(asked);
                          },
                          ""});
  Notify notify{RoomId{12}, Seq{3}};
  runner.run(notify);
  runner.run(WithdrawNotification{RoomId{12}});
  runner.run(ShowTray{{true, 2, "2 for you", false}});
  runner.run(WatchIdle{std::chrono::minutes{10}});
  runner.run(ChangeAutostart{true});  // nobody's profile: nothing happens
  CHECK(asked.notifications.at(0).seq == Seq{3});
  CHECK(asked.withdrawn == std::vector<RoomId>{RoomId{12}});
  CHECK(asked.tray.count == 2);
  CHECK(asked.idle_after == std::chrono::minutes{10});
  tell(NotificationPressed{RoomId{12}, Seq{3}});
  CHECK(events.empty());  // not before the window takes its turn
  inbox.drain();
  REQUIRE(events.size() == 1);
  CHECK(std::get<NotificationPressed>(events[0]).seq == Seq{3});
}

TEST_CASE("A desktop that tells without end costs only what it says too much") {
  FakeAttention::Asked asked;
  AttentionPort::Tell tell;
  Inbox inbox([] {});
  std::size_t told = 0, found = 0;
  AttentionRunner runner(inbox,
                         [&](const Event& event) {
                           ++told;
                           found += std::holds_alternative<AttentionFound>(event) ? 1 : 0;
                         },
                         {[&](AttentionPort::Tell given) {
                            tell = std::move(given);
                            return std::make_unique<FakeAttention>(asked);
                          },
                          ""});
  for (int i = 0; i < 10'000; ++i) tell(TrayPressed{});
  tell(AttentionFound{});
  inbox.drain();
  CHECK(told == 101);
  CHECK(found == 1);
  // Afterwards it is heard again.
  tell(TrayPressed{});
  inbox.drain();
  CHECK(told == 102);
}

TEST_CASE("Without a desktop around the window all that is asked of it is passed over") {
  Inbox inbox([] {});
  AttentionRunner runner(inbox, [](const Event&) { FAIL("nobody tells anything"); }, {});
  runner.run(Notify{RoomId{12}});
  runner.run(WithdrawNotification{RoomId{12}});
  runner.run(ShowTray{});
  runner.run(WatchIdle{});
  runner.run(ChangeAutostart{true});
  inbox.drain();
}
