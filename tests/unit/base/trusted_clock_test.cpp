#include "common/base/trusted_clock.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours kYear{24 * 365};

// Stops and starts again after `off`, with the wall's clock moved besides.
TrustedTime::Kept stop(const TrustedClock& clock) {
  return clock.kept();
}

}  // namespace

TEST_CASE("trusted time: a clock that nobody moves is believed, now and after a restart") {
  FakeClock machine;
  TrustedClock clock(machine, {});
  machine.advance(100h);
  CHECK(clock.trusted() == machine.now());
  CHECK(clock.now() == machine.now());
  CHECK(clock.take_jumps().empty());
  const auto kept = stop(clock);
  machine.advance(3min);
  TrustedClock again(machine, kept);
  CHECK(again.take_jumps().empty());
  CHECK(again.trusted() == machine.now());
  CHECK(again.doubt() == 0ms);
}

TEST_CASE("trusted time: no jump from -10 to +10 years moves it, while running or across a restart") {
  for (const auto by : {-10 * kYear, -kYear, -24h, -1h, 1h, 5h, 24h * 61, 3 * kYear, 10 * kYear}) {
    for (const bool restart : {false, true}) {
      INFO(by.count() << " h, restart " << restart);
      FakeClock machine;
      auto clock = std::make_unique<TrustedClock>(machine, std::nullopt);
      machine.advance(1h);
      const TimePoint right = clock->trusted();
      machine.move_wall(by);
      if (restart) {
        const TrustedTime::Kept before{right, right, {}};
        clock = std::make_unique<TrustedClock>(machine, before);
      }
      const auto jumps = clock->take_jumps();
      REQUIRE(jumps.size() == 1);
      CHECK(jumps[0].by == by);
      CHECK(jumps[0].restart == restart);
      CHECK(clock->trusted() == right);
      machine.advance(30min);
      CHECK(clock->trusted() == right + 30min);
      CHECK(clock->now() == std::max(machine.now(), right + 30min));
      CHECK(clock->doubt() == by);
      // A second start believes it no more than the first.
      TrustedClock again(machine, clock->kept());
      CHECK(again.trusted() == right + 30min);
      CHECK(again.doubt() == by);
    }
  }
}

TEST_CASE("trusted time: a clock that comes back is believed at once, and both jumps are told") {
  FakeClock machine;
  TrustedClock clock(machine, {});
  machine.move_wall(2h);
  machine.advance(4s);
  CHECK(clock.now() == machine.now());
  CHECK(clock.trusted() == machine.now() - 2h);
  machine.move_wall(-2h);
  CHECK(clock.trusted() == machine.now());
  CHECK(clock.doubt() == 0ms);
  CHECK(clock.take_jumps().size() == 2);

  // Across restarts too: three years ahead for one start.
  machine.move_wall(3 * kYear);
  TrustedClock wrong(machine, clock.kept());
  machine.advance(3s);
  CHECK(wrong.doubt() == 3 * kYear);
  const auto kept = wrong.kept();
  machine.move_wall(-3 * kYear);
  machine.advance(10s);
  TrustedClock right(machine, kept);
  CHECK(right.take_jumps().size() == 1);
  CHECK(right.doubt() == 0ms);
  CHECK(right.trusted() == machine.now());
}

TEST_CASE(
    "trusted time: what ran evenly for long enough is believed, as long as the jump was for a short one") {
  struct Case {
    std::chrono::milliseconds by, wait;
  };
  for (const auto& [by, wait] :
       {Case{2h, 2h}, Case{14h, 8h}, Case{-14h, 8h}, Case{24h * 16, 48h}, Case{kYear, kYear / 8}}) {
    INFO(by.count());
    FakeClock machine;
    TrustedClock clock(machine, {});
    machine.move_wall(by);
    CHECK(clock.doubt() == by);
    for (auto passed = 0ms; passed < wait - 1min; passed += 1min) {
      machine.advance(1min);
      REQUIRE(clock.doubt() == by);
    }
    machine.advance(1min);
    CHECK(clock.doubt() == 0ms);
    CHECK(clock.trusted() == machine.now());
  }
}

TEST_CASE("trusted time: it goes back only when a clock that is behind is believed, and that is told") {
  FakeClock machine;
  TrustedClock clock(machine, {});
  machine.move_wall(-14h);
  CHECK(clock.take_jumps().size() == 1);
  TimePoint before = clock.now();
  for (int minute = 0; minute < 9 * 60; ++minute) {
    machine.advance(1min);
    const TimePoint now = clock.now();
    const auto jumps = clock.take_jumps();
    if (now < before) {
      REQUIRE(jumps.size() == 1);
      CHECK(jumps[0].by == -14h);
      CHECK(jumps[0].now == now);
      CHECK(jumps[0].expected == before + 1min);
    } else {
      CHECK(jumps.empty());
    }
    before = now;
  }
  CHECK(clock.now() == machine.now());
}

TEST_CASE("trusted time: a person's word is believed at once") {
  FakeClock machine;
  TrustedClock clock(machine, {});
  machine.move_wall(3 * kYear);
  CHECK(clock.confirm() == 3 * kYear);
  CHECK(clock.trusted() == machine.now());
  CHECK(clock.doubt() == 0ms);
}

TEST_CASE("trusted time: many small steps don't make a large one") {
  FakeClock machine;
  TrustedClock clock(machine, {});
  const TimePoint start = clock.trusted();
  for (int i = 0; i < 3600; ++i) {
    machine.advance(1s);
    machine.move_wall(4s);
    clock.trusted();
  }
  CHECK(clock.trusted() - start < 1h + 1min);
}
