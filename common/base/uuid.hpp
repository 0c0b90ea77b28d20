#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"

namespace wardroom {

// 128 bits, written as 0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00 (RFC 9562).
struct Uuid {
  std::array<std::byte, 16> bytes{};
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

// Version 7: the first 48 bits are the time, the rest is random.
Uuid make_uuid7(TimePoint now);
// Any version; hexadecimal in either case with the four hyphens.
std::optional<Uuid> parse_uuid(std::string_view text);
std::string to_string(const Uuid& uuid);

}  // namespace wardroom
