#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace wardroom {

// Unpredictable bytes from the operating system (libsodium). Any thread.
void fill_random(std::span<std::byte> out);

template <std::size_t N>
std::array<std::byte, N> random_bytes() {
  std::array<std::byte, N> bytes;
  fill_random(bytes);
  return bytes;
}

// A uniform number in [0, bound). bound > 0.
std::uint32_t random_below(std::uint32_t bound);

}  // namespace wardroom
