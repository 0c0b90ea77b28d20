#include "server/net/timer_wheel.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace wardroom::net;

namespace {

struct Recorder final : Timer {
  void on_timer(Tick now) override { fired.push_back(now); }
  std::vector<Tick> fired;
};

}  // namespace

TEST_CASE("a timer fires once, at its tick, also beyond a turn of the wheel") {
  TimerWheel wheel;
  Recorder soon;
  Recorder late;
  wheel.schedule(soon, 3);
  wheel.schedule(late, 300);
  for (Tick now = 1; now <= 400; ++now) wheel.advance(now);
  CHECK(soon.fired == std::vector<Tick>{3});
  CHECK(late.fired == std::vector<Tick>{300});
}

TEST_CASE("scheduling again replaces, and a past time comes with the next tick") {
  TimerWheel wheel;
  Recorder timer;
  wheel.advance(10);
  wheel.schedule(timer, 12);
  wheel.schedule(timer, 20);
  wheel.advance(15);
  CHECK(timer.fired.empty());
  wheel.schedule(timer, 4);
  wheel.advance(16);
  CHECK(timer.fired == std::vector<Tick>{16});
}

TEST_CASE("a timer that schedules itself from its own call counts from now, also after a late tick") {
  struct Repeating final : Timer {
    explicit Repeating(TimerWheel& w) : wheel(w) {}
    void on_timer(Tick now) override {
      fired.push_back(now);
      wheel.schedule(*this, now + 5);
    }
    TimerWheel& wheel;
    std::vector<Tick> fired;
  };
  TimerWheel wheel;
  Repeating timer(wheel);
  wheel.schedule(timer, 1);
  wheel.advance(1000);
  CHECK(timer.fired == std::vector<Tick>{1000});
  wheel.advance(1004);
  wheel.advance(1005);
  CHECK(timer.fired == std::vector<Tick>{1000, 1005});
}

TEST_CASE("a timer that goes takes itself out") {
  TimerWheel wheel;
  Recorder stays;
  {
    Recorder goes;
    wheel.schedule(goes, 2);
    wheel.schedule(stays, 2);
  }
  wheel.advance(2);
  CHECK(stays.fired.size() == 1);
}
