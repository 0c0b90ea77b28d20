#pragma once

#include <span>
#include <string_view>

namespace wardroom::client::views {

struct EmojiName {
  std::string_view name;  // without colons
  std::string_view emoji;
};

// What ":" completes, in alphabetical order.
std::span<const EmojiName> emoji_names();

}  // namespace wardroom::client::views
