#include "client/views/emoji_list.hpp"

#include <algorithm>

namespace wardroom::client::views {

std::string_view in_tone(const Emoji& emoji, SkinTone tone) {
  if (tone == SkinTone::none || emoji.tones[0].empty()) return emoji.text;
  return emoji.tones[static_cast<std::size_t>(tone) - 1];
}

const Emoji* find_in_list(std::string_view text) {
  if (text.empty()) return nullptr;
  for (const Emoji& emoji : emoji_list())
    if (emoji.text == text || std::ranges::find(emoji.tones, text) != emoji.tones.end()) return &emoji;
  return nullptr;
}

}  // namespace wardroom::client::views
