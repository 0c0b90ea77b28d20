#pragma once

#include "server/commands/context.hpp"
#include "server/commands/room/entry.hpp"

namespace wardroom::commands {

// A room doesn't lose its last moderator in passing: who is the last one and isn't a moderator of the office
// can't leave or step down while others are in the room, before they made somebody else moderator. `conflict`
// last_moderator. Not asked where the office acts (moderation, an account that is shut): its moderators can
// step into every room and name new ones with room.set_role.
Result<void> check_last_moderator(WriteContext& context, const Entry& entry, UserId user);

}  // namespace wardroom::commands
