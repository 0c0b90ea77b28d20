#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wardroom::client {

// "30 s", "10 min", "2 h", "3 days"; nothing for 0.
std::string length_words(std::int64_t seconds);
// "30s", "10m", "2h", "3d", "1w", in seconds; a number alone are seconds. Nothing: it isn't a length.
std::optional<std::int64_t> parse_length(std::string_view text);

}  // namespace wardroom::client
