#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/views/emoji_list.hpp"

namespace wardroom::client::views {

// The emoji that the words of the query mean, likeliest first: each word begins one of the emoji's name, of
// the name that stands between colons, or of what it belongs to. Nothing typed: all of them.
std::vector<const Emoji*> find_emoji(std::string_view query);

// What stands between colons: "tada", or Unicode's name as one word, "party_popper".
std::string short_name_of(const Emoji& emoji);
const Emoji* find_by_short_name(std::string_view name);

// A short name between colons that ends at the cursor, in a text and not in code.
struct TypedEmoji {
  std::size_t begin = 0;  // of the first colon, bytes
  const Emoji* emoji = nullptr;
};
std::optional<TypedEmoji> find_typed_emoji(std::string_view text, std::size_t cursor);

}  // namespace wardroom::client::views
