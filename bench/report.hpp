#pragma once

#include <cstdint>
#include <string_view>

#include "bench/latency.hpp"

namespace wardroom::bench {

// What went wrong, by kind. Everything zero: a good run.
struct Faults {
  std::uint64_t gaps = 0;        // a number was skipped
  std::uint64_t duplicates = 0;  // a number came again, or came back
  std::uint64_t missing = 0;     // acknowledged, and not received in the end
  std::uint64_t mismatches = 0;  // another text, author or number than was sent
  std::uint64_t refused = 0;     // the server answered with an error
  std::uint64_t closed = 0;      // connections that ended unasked
  std::uint64_t sum() const { return gaps + duplicates + missing + mismatches + refused + closed; }
};

// One line each on standard output: `name value`.
void print(std::string_view name, double value, int decimals = 0);
void print(std::string_view name, const Latency& latency);
void print(const Faults& faults);

}  // namespace wardroom::bench
