#include "common/base/histogram.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace std::chrono_literals;

TEST_CASE("a histogram counts a duration in the first bucket whose end it doesn't exceed") {
  Histogram times;
  for (const auto took : {std::chrono::nanoseconds{0}, std::chrono::nanoseconds{100us}}) times.note(took);
  times.note(100'001ns);
  times.note(-5ns);  // two clocks that aren't quite together
  times.note(1h);
  const auto counts = times.counts();
  CHECK(counts.in_bucket.front() == 3);
  CHECK(counts.in_bucket[1] == 1);
  CHECK(counts.in_bucket.back() == 1);
  CHECK(counts.sum_ns == 3'600'000'200'001);
  auto twice = counts;
  twice += counts;
  CHECK(twice.in_bucket.front() == 6);
  CHECK(twice.sum_ns == 2 * counts.sum_ns);
  CHECK(std::is_sorted(Histogram::kBounds.begin(), Histogram::kBounds.end()));
}
