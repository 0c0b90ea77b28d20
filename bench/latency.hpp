#pragma once

#include <array>
#include <cstdint>

namespace wardroom::bench {

// Durations by size, in steps of at most 3 %: 32 steps within each power of two of nanoseconds. Recording is
// a few instructions.
class Latency {
 public:
  void add(std::uint64_t nanoseconds);
  std::uint64_t count() const { return count_; }
  // The time in milliseconds that a share of all, for example 0.99, stayed within; 0 when nothing was
  // recorded.
  double at(double share) const;

 private:
  static constexpr unsigned kStepBits = 5;
  std::array<std::uint64_t, 64 << kStepBits> buckets_{};
  std::uint64_t count_ = 0;
};

}  // namespace wardroom::bench
