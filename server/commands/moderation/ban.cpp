#include "server/commands/handlers.hpp"
#include "server/commands/moderation/action.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::commands {

// Works ahead, too: who isn't in the room stays out of it.
Result<SanctionResult> ban_person(WriteContext& context, const ModerationBan::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto until = check_end(params.seconds, context.trusted());
  if (!until) return until.error();
  const auto action = enter_moderation(context, params.room, domain::RoomAct::ban, params.user);
  if (!action) return action.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::ban, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*action, *held); !allowed) return allowed.error();

  store::insert_sanction(
      context.db(), {SanctionKind::ban, params.room, params.user, context.caller().user, *reason, *until},
      context.now());
  context.services.sanction_ends.note(*until);
  append_action(context, audit::Type::banned, *action, *reason,
                held ? describe_end(held->until) : audit::Details{}, describe_end(*until));
  remove_member(context, *action->room, action->user(), context.caller().user);
  tell_target(context, *action, ModerationApplied::Act::banned, *reason, *until);
  auto now_held =
      store::load_sanction(context.db(), SanctionKind::ban, params.room, params.user, context.trusted());
  return SanctionResult{now_held.value_or(Sanction{})};
}

Result<Empty> unban_person(WriteContext& context, const ModerationUnban::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto action = enter_moderation(context, params.room, domain::RoomAct::ban, params.user);
  if (!action) return action.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::ban, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*action, *held); !allowed) return allowed.error();
  if (!store::lift_sanction(context.db(), SanctionKind::ban, params.room, params.user, context.now()))
    return Empty{};
  append_action(context, audit::Type::unbanned, *action, *reason,
                held ? describe_end(held->until) : audit::Details{});
  tell_target(context, *action, ModerationApplied::Act::unbanned, *reason);
  return Empty{};
}

}  // namespace wardroom::commands
