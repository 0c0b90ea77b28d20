#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "common/base/clock.hpp"

namespace wardroom::client {

// Makes UUIDs of version 7 from a seed and the time that it is given, so that the model stays a pure
// function. Two programs with different seeds make different ids.
class IdSource {
 public:
  using Seed = std::array<std::uint64_t, 2>;
  explicit IdSource(Seed seed = {}) : state_(seed) {}

  std::string next_uuid(TimePoint now);
  // Small numbers for keys within this run: 1, 2, 3 …
  std::uint64_t next_key() { return ++key_; }

 private:
  std::uint64_t next_bits();

  Seed state_;
  std::uint64_t key_ = 0;
};

}  // namespace wardroom::client
