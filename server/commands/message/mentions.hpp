#pragma once

#include <string_view>
#include <vector>

#include "server/commands/context.hpp"

namespace wardroom::commands {

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

// Whom the text names, without its author and without @room; in order of their ids.
std::vector<UserId> find_named(WriteContext& context, UserId author, std::string_view text);

}  // namespace wardroom::commands
