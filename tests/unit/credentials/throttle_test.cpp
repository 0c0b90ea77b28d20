#include "server/credentials/throttle.hpp"

#include <atomic>

#include <catch2/catch.hpp>

#include "server/credentials/refusal_timer.hpp"

using namespace wardroom;
using namespace wardroom::credentials;
using namespace std::chrono_literals;

namespace {

constexpr ThrottleRule kRule{5, 10s, 60s, 1h};

}  // namespace

TEST_CASE("five wrong attempts are free; then waits double up to the longest") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 5; ++i) CHECK(throttle.enter("ada", clock.steady()));
  CHECK(throttle.enter("ada", clock.steady()));  // the sixth is what begins the wait
  for (const auto wait : {10'000ms, 20'000ms, 40'000ms, 60'000ms, 60'000ms}) {
    CHECK(throttle.held_for("ada", clock.steady()) == wait);
    CHECK_FALSE(throttle.enter("ada", clock.steady()));
    clock.advance(wait - 1ms);
    CHECK_FALSE(throttle.enter("ada", clock.steady()));
    clock.advance(1ms);
    CHECK(throttle.enter("ada", clock.steady()));
  }
}

TEST_CASE("one key's wrong attempts don't hold another one up") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 20; ++i) throttle.enter("ada", clock.steady());
  CHECK(throttle.held_for("ada", clock.steady()));
  CHECK(throttle.enter("ada's own PC", clock.steady()));
}

TEST_CASE("attempts while held up count for nothing, so that nobody is held up for good by others") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 6; ++i) throttle.enter("ada", clock.steady());
  for (int i = 0; i < 1000; ++i) CHECK_FALSE(throttle.enter("ada", clock.steady()));
  CHECK(throttle.held_for("ada", clock.steady()) == 10s);
}

TEST_CASE("a right attempt starts over, and so does a long absence") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 6; ++i) throttle.enter("ada", clock.steady());
  throttle.forgive("ada");
  CHECK(throttle.enter("ada", clock.steady()));
  for (int i = 0; i < 5; ++i) throttle.enter("ada", clock.steady());
  CHECK(throttle.held_for("ada", clock.steady()));
  clock.advance(6h);
  for (int i = 0; i < 5; ++i) CHECK(throttle.enter("ada", clock.steady()));
}

TEST_CASE("an attempt that was neither right nor wrong is taken back") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(throttle.enter("ada", clock.steady()));
    throttle.take_back("ada");
  }
}

TEST_CASE("a million names take bounded memory, and the one under attack is still held up") {
  FakeClock clock;
  Throttle throttle(kRule, 100);
  for (int i = 0; i < 6; ++i) throttle.enter("ada", clock.steady());
  for (int i = 0; i < 1'000'000; ++i) {
    throttle.enter("name" + std::to_string(i), clock.steady());
    if (i % 50 == 0) CHECK_FALSE(throttle.enter("ada", clock.steady()));
  }
  CHECK(throttle.size() <= 200);
}

TEST_CASE("a refusal goes out at a whole multiple of the step, whatever it took") {
  const RefusalTimer::Clock::time_point arrived{};
  CHECK(RefusalTimer::due_at(arrived, arrived + 30ms, 400ms) == arrived + 400ms);
  CHECK(RefusalTimer::due_at(arrived, arrived + 150ms, 400ms) == arrived + 400ms);
  CHECK(RefusalTimer::due_at(arrived, arrived + 400ms, 400ms) == arrived + 800ms);
  CHECK(RefusalTimer::due_at(arrived, arrived + 1900ms, 400ms) == arrived + 2000ms);
}

TEST_CASE("a stopping timer lets nobody wait") {
  int refused = 0;
  RefusalTimer timer(1h);
  timer.hold(RefusalTimer::Clock::now(), [&] { ++refused; });
  timer.hold(RefusalTimer::Clock::now(), [&] { ++refused; });
  timer.stop();
  CHECK(refused == 2);
  timer.hold(RefusalTimer::Clock::now(), [&] { ++refused; });
  CHECK(refused == 3);
}

TEST_CASE("a refusal that throws costs the others nothing") {
  std::atomic<int> refused = 0;
  RefusalTimer timer(1h);
  timer.hold(RefusalTimer::Clock::now(), [] { throw std::bad_alloc(); });
  timer.hold(RefusalTimer::Clock::now(), [&] { ++refused; });
  timer.stop();
  CHECK(refused == 1);
}
