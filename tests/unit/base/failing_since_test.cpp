#include "common/base/failing_since.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace std::chrono_literals;

TEST_CASE("what fails is counted from its first failure, and anew once it came about") {
  FailingSince failing;
  const SteadyPoint start{100h};
  CHECK_FALSE(failing.for_at_least(0s, start));
  failing.note(true, start);
  failing.note(true, start + 59min);
  CHECK_FALSE(failing.for_at_least(1h, start + 1h - 1ms));
  CHECK(failing.for_at_least(1h, start + 1h));
  failing.note(false, start + 2h);
  CHECK_FALSE(failing.for_at_least(0s, start + 2h));
  failing.note(true, start + 3h);
  CHECK_FALSE(failing.for_at_least(1h, start + 3h + 59min));
}
