#include "bench/latency.hpp"

#include <bit>
#include <cmath>

namespace wardroom::bench {

void Latency::add(std::uint64_t nanoseconds) {
  const unsigned width = static_cast<unsigned>(std::bit_width(nanoseconds | (1U << kStepBits)));
  const unsigned shift = width - 1 - kStepBits;
  const auto step = (nanoseconds >> shift) & ((1U << kStepBits) - 1);
  ++buckets_[(shift << kStepBits) + step];
  ++count_;
}

double Latency::at(double share) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen < wanted || seen == 0) continue;
    const std::size_t shift = i >> kStepBits;
    const std::uint64_t step = i & ((1U << kStepBits) - 1);
    return static_cast<double>(((1ULL << kStepBits) + step) << shift) / 1e6;
  }
  return 0;
}

}  // namespace wardroom::bench
