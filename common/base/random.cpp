#include "common/base/random.hpp"

#include <sodium.h>

namespace wardroom {

void fill_random(std::span<std::byte> out) {
  randombytes_buf(out.data(), out.size());
}

std::uint32_t random_below(std::uint32_t bound) {
  return randombytes_uniform(bound);
}

}  // namespace wardroom
