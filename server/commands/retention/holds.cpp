#include "server/store/holds.hpp"

#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxHoldName = 100;  // bytes

audit::Record hold_record(WriteContext& context, audit::Type type, const Hold& hold,
                          const std::string& reason) {
  audit::Record record = context.call.record(type);
  record.reason = reason;
  if (hold.user) record.target = {"user", hold.user->id.value, hold.user->name};
  if (hold.room) record.target = {"room", hold.room->value, hold.room_name.value_or("")};
  if (hold.room) record.room = *hold.room;
  audit::Details& named = type == audit::Type::hold_placed ? record.after : record.before;
  named = {{"hold", hold.id}, {"name", hold.name}};
  return record;
}

Result<void> check_subject(WriteContext& context, const AdminHoldPlace::Params& params) {
  if (params.user.has_value() == params.room.has_value())
    return params_error("params", "Name either a person or a room.");
  if (params.user && !store::find_user(context.db(), *params.user))
    return not_found("There is no such person.");
  if (params.room && !store::find_room(context.db(), *params.room))
    return not_found("There is no such room.");
  return ok();
}

// As far as the reader may know what the room is called.
void show_name(sqlite::Connection& db, UserId reader, Hold& hold) {
  if (hold.room) hold.room_name = name_for(db, *hold.room, reader);
}

}  // namespace

Result<AdminHoldPlace::Result> place_hold(WriteContext& context, const AdminHoldPlace::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto name = domain::check_line("params.name", params.name, kMaxHoldName);
  if (!name) return name.error();
  if (name->empty()) return params_error("params.name", "Give the hold a name, such as that of the case.");
  if (auto subject = check_subject(context, params); !subject) return subject.error();
  const HoldId id = store::insert_hold(
      context.db(), {*name, params.user, params.room, *reason, context.caller().user}, context.now());
  auto placed = store::find_hold(context.db(), id);
  if (!placed) return not_found("The hold is gone.");
  context.append(hold_record(context, audit::Type::hold_placed, placed->hold, *reason));
  show_name(context.db(), context.caller().user, placed->hold);
  return AdminHoldPlace::Result{std::move(placed->hold)};
}

Result<Empty> lift_hold(WriteContext& context, const AdminHoldLift::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto found = store::find_hold(context.db(), params.hold);
  if (!found) return not_found("There is no such hold.");
  if (!found->stands) return conflict("hold_lifted", "This hold was lifted already.");
  store::lift_hold(context.db(), params.hold, context.now());
  context.append(hold_record(context, audit::Type::hold_lifted, found->hold, *reason));
  return Empty{};
}

Result<AdminHoldList::Result> list_holds(ReadContext& context, const Empty&) {
  AdminHoldList::Result result{store::load_holds(context.db)};
  for (auto& hold : result.holds) show_name(context.db, context.caller().user, hold);
  return result;
}

}  // namespace wardroom::commands
