#pragma once

#include <string_view>
#include <vector>

#include "server/commands/context.hpp"

namespace wardroom::commands {

// The names behind @ in a text, lower case, each once: "@lena" and "(@lena)", but not "mail@lena". Trailing
// dots and hyphens belong to the sentence, not to the name.
std::vector<std::string> find_mentions(std::string_view text);

// Counts a mention for each member that the text names, and tells them. @room names everybody but the author.
// Who was named in `before` already, the text that an edit replaces, isn't counted again.
void count_mentions(WriteContext& context, RoomId room, std::string_view text, std::string_view before = {});

}  // namespace wardroom::commands
