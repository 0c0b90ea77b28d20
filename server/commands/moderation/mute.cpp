#include "server/commands/handlers.hpp"
#include "server/commands/moderation/measure.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::commands {
namespace {

using Act = ModerationApplied::Act;

// Whoever sees the person in a list learns whether they may write.
void tell_rooms(WriteContext& context, const Measure& measure) {
  if (measure.room)
    tell_member_changed(context, measure.room->id, measure.user());
  else
    tell_rooms_of(context, measure.user());
}

}  // namespace

Result<SanctionResult> mute_person(WriteContext& context, const ModerationMute::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto until = check_end(params.seconds, context.trusted());
  if (!until) return until.error();
  const auto measure = enter_measure(context, params.room, domain::RoomAct::mute, params.user);
  if (!measure) return measure.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*measure, *held); !allowed) return allowed.error();

  store::insert_sanction(
      context.db(), {SanctionKind::mute, params.room, params.user, context.caller().user, *reason, *until},
      context.now());
  context.services.sanction_ends.note(*until);
  append_measure(context, audit::Type::muted, *measure, *reason, held ? describe_end(held->until) : "",
                 describe_end(*until));
  tell_target(context, *measure, Act::muted, *reason, *until);
  if (!held) tell_rooms(context, *measure);
  auto now_held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  return SanctionResult{now_held.value_or(Sanction{})};
}

Result<Empty> unmute_person(WriteContext& context, const ModerationUnmute::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto measure = enter_measure(context, params.room, domain::RoomAct::mute, params.user);
  if (!measure) return measure.error();
  const auto held =
      store::load_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.trusted());
  if (held)
    if (auto allowed = authorize_undoing(*measure, *held); !allowed) return allowed.error();
  if (!store::lift_sanction(context.db(), SanctionKind::mute, params.room, params.user, context.now()))
    return Empty{};
  append_measure(context, audit::Type::unmuted, *measure, *reason, held ? describe_end(held->until) : "");
  tell_target(context, *measure, Act::unmuted, *reason);
  tell_rooms(context, *measure);
  return Empty{};
}

}  // namespace wardroom::commands
