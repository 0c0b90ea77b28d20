#pragma once

#include <string>
#include <vector>

namespace wardroom::client {

// Of hands and people (UTS #51); none: the yellow that belongs to nobody.
enum class SkinTone { none, light, medium_light, medium, medium_dark, dark };

// What the person chose of the emoji: kept from one start to the next.
struct EmojiProps {
  std::vector<std::string> recent;  // the last one first
  SkinTone tone = SkinTone::none;
};

}  // namespace wardroom::client
