#include "server/app/pulse.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

namespace {

// A loop that runs what was posted when it is told to.
struct StillLoop final : realtime::Executor {
  void post(std::function<void()> work) override { queue.push_back(std::move(work)); }
  void turn() {
    for (auto& work : std::exchange(queue, {})) work();
  }
  std::vector<std::function<void()>> queue;
};

}  // namespace

TEST_CASE(
    "the pulse beats while every loop takes its turns, and a loop that doesn't isn't asked again and again") {
  StillLoop first, second;
  app::Pulse pulse({&first, &second});
  CHECK(pulse.beat());
  first.turn();
  second.turn();
  CHECK(pulse.beat());
  first.turn();
  for (int i = 0; i < 100; ++i) {
    CHECK_FALSE(pulse.beat());
    first.turn();
  }
  CHECK(second.queue.size() == 1);
  second.turn();
  CHECK(pulse.beat());
}
