#include "common/base/elapsed_clock.hpp"

#include <catch2/catch.hpp>

namespace wardroom {

TEST_CASE("what waits goes on by what passes, however the clock on the wall is set") {
  using namespace std::chrono_literals;
  FakeClock wall;
  const TimePoint start = wall.now();
  const ElapsedClock clock(wall);
  CHECK(clock.now() == start);
  wall.move_wall(-2h);
  CHECK(clock.now() == start);
  wall.advance(1s);
  CHECK(clock.now() == start + 1s);
  wall.move_wall(5h);
  CHECK(clock.now() == start + 1s);
}

}  // namespace wardroom
