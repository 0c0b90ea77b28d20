#include "server/commands/moderation/measure.hpp"

namespace wardroom::commands {

using namespace protocol;

Result<Measure> enter_measure(WriteContext& context, std::optional<RoomId> room, domain::RoomAct act,
                              UserId target) {
  const auto& caller = context.caller();
  Measure measure;
  if (room) {
    auto entry = enter_room(context, *room, act);
    if (!entry) return entry.error();
    measure.room = std::move(entry->room);
    measure.actor = entry->standing;
  } else {
    if (auto allowed = domain::authorize(caller.role, domain::Right::moderate_office); !allowed)
      return allowed.error();
    measure.actor.role = caller.role;
  }
  auto row = store::find_user(context.db(), target);
  if (!row || row->account.imported) return not_found("There is no such person.");
  measure.target = std::move(*row);
  const Room* at = measure.room ? &*measure.room : nullptr;
  measure.standing = find_standing(context.db(), at, target, measure.target.account.role, context.trusted());
  if (auto allowed = domain::authorize_against(at, measure.actor, measure.standing, target == caller.user);
      !allowed)
    return allowed.error();
  return measure;
}

Result<void> authorize_undoing(const Measure& measure, const Sanction& held) {
  const auto of_the_office = [](Role role) {
    return domain::has_right(role, domain::Right::moderate_office);
  };
  if (of_the_office(held.by.role) && !of_the_office(measure.actor.role))
    return forbidden("outranked", "A moderator of the office decided this; ask one of them.");
  return ok();
}

void append_measure(WriteContext& context, audit::Type type, const Measure& measure, std::string_view reason,
                    std::string before, std::string after) {
  audit::Record record = context.call.record(type);
  record.reason = reason;
  record.target = {"user", measure.target.account.id.value, measure.target.account.name};
  if (measure.room) record.room = measure.room->id;
  record.before = std::move(before);
  record.after = std::move(after);
  context.append(record);
}

void tell_target(WriteContext& context, const Measure& measure, ModerationApplied::Act act,
                 std::string_view reason, std::optional<TimePoint> until) {
  if (measure.room && !domain::may_know(*measure.room, measure.standing)) return;
  context.tell_user(measure.target.account.id,
                    ModerationApplied{act, measure.room_id(), measure.room ? measure.room->name : "",
                                      context.caller().user, std::string(reason), until});
}

std::string describe_end(const std::optional<TimePoint>& until) {
  return until ? R"({"until":")" + to_rfc3339(*until) + "\"}" : R"({"until":null})";
}

}  // namespace wardroom::commands
