#include "server/commands/handlers.hpp"
#include "server/commands/moderation/action.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::commands {
namespace {

using Act = ModerationApplied::Act;

// Whoever sees the person in a list learns whether they may write.
void tell_rooms(WriteContext& context, const ModerationAction& action) {
  if (action.room)
    tell_member_changed(context, action.room->id, action.user());
  else
    tell_rooms_of(context, action.user());
}

}  // namespace

Result<SanctionResult> mute_person(WriteContext& context, const ModerationMute::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto until = check_end(params.seconds, context.trusted());
  if (!until) return until.error();
  const auto action = enter_moderation(context, params.room, domain::RoomAct::mute, params.user);
  if (!action) return action.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*action, *held); !allowed) return allowed.error();

  store::insert_sanction(
      context.db(), {SanctionKind::mute, params.room, params.user, context.caller().user, *reason, *until},
      context.now());
  context.services.sanction_ends.note(*until);
  append_action(context, audit::Type::muted, *action, *reason,
                held ? describe_end(held->until) : audit::Details{}, describe_end(*until));
  tell_target(context, *action, Act::muted, *reason, *until);
  if (!held) tell_rooms(context, *action);
  auto now_held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  return SanctionResult{now_held.value_or(Sanction{})};
}

Result<Empty> unmute_person(WriteContext& context, const ModerationUnmute::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto action = enter_moderation(context, params.room, domain::RoomAct::mute, params.user);
  if (!action) return action.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*action, *held); !allowed) return allowed.error();
  if (!store::lift_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.now()))
    return Empty{};
  append_action(context, audit::Type::unmuted, *action, *reason,
                held ? describe_end(held->until) : audit::Details{});
  tell_target(context, *action, Act::unmuted, *reason);
  tell_rooms(context, *action);
  return Empty{};
}

}  // namespace wardroom::commands
