#include "server/commands/handlers.hpp"
#include "server/commands/moderation/action.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/announce.hpp"

namespace wardroom::commands {

Result<Empty> kick_person(WriteContext& context, const ModerationKick::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto action = enter_moderation(context, params.room, domain::RoomAct::kick, params.user);
  if (!action) return action.error();
  if (!action->standing.membership) return not_found("There is no such person in the room.");
  append_action(context, audit::Type::kicked, *action, *reason);
  remove_member(context, *action->room, action->user(), context.caller().user);
  tell_target(context, *action, ModerationApplied::Act::kicked, *reason);
  return Empty{};
}

}  // namespace wardroom::commands
