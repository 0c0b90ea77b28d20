#include "client/model/id_source.hpp"

#include <cstddef>

#include "common/base/uuid.hpp"

namespace wardroom::client {

// xoroshiro128+ (Blackman, Vigna 2018): its whole 128-bit seed comes from the operating system, and ids need
// to be unique, not secret.
std::uint64_t IdSource::next_bits() {
  const auto rotate = [](std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); };
  const std::uint64_t sum = state_[0] + state_[1];
  const std::uint64_t mixed = state_[1] ^ state_[0];
  state_[0] = rotate(state_[0], 24) ^ mixed ^ (mixed << 16);
  state_[1] = rotate(mixed, 37);
  return sum;
}

std::string IdSource::next_uuid(TimePoint now) {
  // The all-zero state would stay zero forever.
  if (state_[0] == 0 && state_[1] == 0) state_ = {1, 2};
  Uuid uuid;
  const auto ms = static_cast<std::uint64_t>(to_unix_ms(now));
  for (std::size_t i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::byte>(ms >> (40 - 8 * i));
  const std::array<std::uint64_t, 2> bits = {next_bits(), next_bits()};
  for (std::size_t i = 6; i < 16; ++i)
    uuid.bytes[i] = static_cast<std::byte>(bits[(i - 6) / 5] >> (16 + 8 * ((i - 6) % 5)));
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0f}) | std::byte{0x70};  // version 7, RFC 9562 section 5.7
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3f}) | std::byte{0x80};  // variant
  return to_string(uuid);
}

}  // namespace wardroom::client
