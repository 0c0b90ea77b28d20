#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wardroom {

// How often something took how long. Any thread may note and look; noting costs a few nanoseconds and
// allocates nothing. What many threads note all the time has one for each of them, and is added up by who
// looks.
class Histogram {
 public:
  // The upper ends of the buckets, in microseconds; what takes longer has a bucket of its own.
  static constexpr std::array<std::int64_t, 15> kBounds{100,     250,     500,       1'000,     2'500,
                                                        5'000,   10'000,  25'000,    50'000,    100'000,
                                                        250'000, 500'000, 1'000'000, 2'500'000, 10'000'000};
  struct Counts {
    std::array<std::uint64_t, kBounds.size() + 1> in_bucket{};
    std::uint64_t sum_ns = 0;

    Counts& operator+=(const Counts& other) {
      for (std::size_t i = 0; i < in_bucket.size(); ++i) in_bucket[i] += other.in_bucket[i];
      sum_ns += other.sum_ns;
      return *this;
    }
  };

  void note(std::chrono::nanoseconds took) noexcept {
    const std::int64_t ns = took.count() < 0 ? 0 : took.count();
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && ns > kBounds[bucket] * 1'000) ++bucket;
    in_bucket_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_ns_.fetch_add(static_cast<std::uint64_t>(ns), std::memory_order_relaxed);
  }
  void note_since(std::chrono::steady_clock::time_point begun) noexcept {
    note(std::chrono::steady_clock::now() - begun);
  }

  Counts counts() const noexcept {
    Counts counts;
    for (std::size_t i = 0; i < counts.in_bucket.size(); ++i)
      counts.in_bucket[i] = in_bucket_[i].load(std::memory_order_relaxed);
    counts.sum_ns = sum_ns_.load(std::memory_order_relaxed);
    return counts;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> in_bucket_{};
  std::atomic<std::uint64_t> sum_ns_{0};
};

}  // namespace wardroom
