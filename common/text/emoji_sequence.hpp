#pragma once

#include <cstddef>
#include <string_view>

namespace wardroom::text {

// Length in bytes of the emoji sequence that starts at `at`, 0 if none does: one emoji with its skin tone, a
// flag, a keycap, a family joined by U+200D (UTS #51). The text must be well-formed UTF-8.
std::size_t emoji_sequence_length(std::string_view text, std::size_t at);

}  // namespace wardroom::text
