#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "client/model/props/emoji.hpp"

namespace wardroom::client::views {

// One of Unicode's emoji, as emoji-test.txt lists it.
struct Emoji {
  std::string_view text;                    // fully-qualified, in no skin tone
  std::string_view name;                    // "waving hand"
  std::uint8_t group = 0;                   // into emoji_groups()
  std::string_view subgroup;                // "hand fingers open"
  std::array<std::string_view, 5> tones{};  // from light to dark; empty where it has none
};

// Both in Unicode's order. The build makes them of Debian's unicode-data (cmake/emoji-table.awk).
std::span<const std::string_view> emoji_groups();
std::span<const Emoji> emoji_list();

// The emoji in the tone, or as it is where it has none.
std::string_view in_tone(const Emoji& emoji, SkinTone tone);
// The emoji whose text this is, in any tone; null: it isn't in the list.
const Emoji* find_in_list(std::string_view text);

}  // namespace wardroom::client::views
