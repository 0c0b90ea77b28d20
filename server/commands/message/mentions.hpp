#pragma once

#include <string_view>
#include <vector>

#include "server/commands/context.hpp"

namespace wardroom::commands {

// What stands behind each @ of a text, lower case, each once: "@lena" and "(@lena)", but not "mail@lena". For
// each the names that may be meant, the likeliest first: without the punctuation that ends a sentence
// ("@lena."), with it, and shorter ones up to a dot, hyphen or underscore within ("@lena.Thanks").
using Called = std::vector<std::string>;
std::vector<Called> find_mentions(std::string_view text);

// A message in a room, and the text that it had and has now; empty: there is none.
struct TextChange {
  RoomId room;
  Seq message;
  UserId author;
  std::string_view before;
  std::string_view after;
};

// Each member's counter is the number of their unread messages that name them, by the first name that is an
// account; @room names everybody but the author. Follows a change of a text, and tells those whose counter
// changed.
void follow_mentions(WriteContext& context, const TextChange& change);

// The same counted again, for a marker that moved to where unread messages follow it: of the newest 1,000.
std::int64_t recount_mentions(WriteContext& context, RoomId room, UserId user, Seq marker);

}  // namespace wardroom::commands
