#include "server/commands/moderation/action.hpp"

namespace wardroom::commands {

using namespace protocol;

Result<ModerationAction> enter_moderation(WriteContext& context, std::optional<RoomId> room,
                                          domain::RoomAct act, UserId target) {
  const auto& caller = context.caller();
  ModerationAction action;
  if (room) {
    auto entry = enter_room(context, *room, act);
    if (!entry) return entry.error();
    action.room = std::move(entry->room);
    action.actor = entry->standing;
  } else {
    if (auto allowed = domain::authorize(caller.role, domain::Right::moderate_office); !allowed)
      return allowed.error();
    action.actor.role = caller.role;
  }
  auto row = store::find_user(context.db(), target);
  if (!row || row->account.imported) return not_found("There is no such person.");
  action.target = std::move(*row);
  const Room* at = action.room ? &*action.room : nullptr;
  action.standing = find_standing(context.db(), at, target, action.target.account.role, context.trusted());
  if (auto allowed = domain::authorize_against(at, action.actor, action.standing, target == caller.user);
      !allowed)
    return allowed.error();
  return action;
}

Result<void> authorize_undoing(const ModerationAction& action, const Sanction& held) {
  const auto of_the_office = [](Role role) {
    return domain::has_right(role, domain::Right::moderate_office);
  };
  if (of_the_office(held.by.role) && !of_the_office(action.actor.role))
    return forbidden("outranked", "A moderator of the office decided this; ask one of them.");
  return ok();
}

void append_action(WriteContext& context, audit::Type type, const ModerationAction& action,
                   std::string_view reason, audit::Details before, audit::Details after) {
  audit::Record record = context.call.record(type);
  record.reason = reason;
  record.target = {"user", action.target.account.id.value, action.target.account.name};
  if (action.room) record.room = action.room->id;
  record.before = std::move(before);
  record.after = std::move(after);
  context.append(record);
}

void tell_target(WriteContext& context, const ModerationAction& action, ModerationApplied::Act act,
                 std::string_view reason, std::optional<TimePoint> until) {
  if (action.room && !domain::may_know(*action.room, action.standing)) return;
  const bool is_named = action.room && domain::may_name(*action.room, action.standing);
  context.tell_user(action.target.account.id,
                    ModerationApplied{act, action.room_id(), is_named ? action.room->name : "",
                                      context.caller().user, std::string(reason), until});
}

audit::Details describe_end(const std::optional<TimePoint>& until) {
  return {{"until", until}};
}

}  // namespace wardroom::commands
