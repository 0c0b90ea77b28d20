#include "server/commands/room/last_moderator.hpp"

#include "server/store/rooms.hpp"

namespace wardroom::commands {

Result<void> check_last_moderator(WriteContext& context, const Entry& entry, UserId user) {
  if (domain::has_right(entry.standing.role, domain::Right::moderate_office)) return ok();
  if (!store::is_last_moderator(context.db(), entry.room.id, user)) return ok();
  return conflict("last_moderator", "You are the room's last moderator. Make somebody else moderator first.");
}

}  // namespace wardroom::commands
