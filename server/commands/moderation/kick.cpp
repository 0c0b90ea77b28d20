#include "server/commands/handlers.hpp"
#include "server/commands/moderation/measure.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/announce.hpp"

namespace wardroom::commands {

Result<Empty> kick_person(WriteContext& context, const ModerationKick::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto measure = enter_measure(context, params.room, domain::RoomAct::kick, params.user);
  if (!measure) return measure.error();
  if (!measure->standing.membership) return not_found("There is no such person in the room.");
  append_measure(context, audit::Type::kicked, *measure, *reason);
  remove_member(context, *measure->room, measure->user(), context.caller().user);
  tell_target(context, *measure, ModerationApplied::Act::kicked, *reason);
  return Empty{};
}

}  // namespace wardroom::commands
