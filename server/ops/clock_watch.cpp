#include "server/ops/clock_watch.hpp"

namespace wardroom::ops {
namespace {

constexpr std::chrono::seconds kTolerated{5};

}  // namespace

std::optional<ClockWatch::Jump> ClockWatch::look() {
  const TimePoint now = clock_.now();
  const SteadyPoint steady = clock_.steady();
  const TimePoint expected = now_ + std::chrono::duration_cast<std::chrono::milliseconds>(steady - steady_);
  now_ = now;
  steady_ = steady;
  const auto by = now - expected;
  if (by <= kTolerated && by >= -kTolerated) return std::nullopt;
  return Jump{by, expected, now};
}

}  // namespace wardroom::ops
