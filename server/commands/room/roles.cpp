#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/commands/room/entry.hpp"
#include "server/commands/room/last_moderator.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// A moderator may step down themselves; over others the ranks decide.
Result<void> authorize_demotion(WriteContext& context, const Entry& entry, const store::UserRow& target) {
  if (target.account.id == context.caller().user)
    return check_last_moderator(context, entry, target.account.id);
  const auto standing =
      find_standing(context.db(), &entry.room, target.account.id, target.account.role, context.trusted());
  return domain::authorize_against(&entry.room, entry.standing, standing, false);
}

void append_role(WriteContext& context, const Room& room, const User& user, RoomRole before, RoomRole after) {
  audit::Record record = context.call.record(audit::Type::room_role_changed);
  record.target = {"user", user.id.value, user.name};
  record.room = room.id;
  record.before = {{"role", enum_name(before)}};
  record.after = {{"role", enum_name(after)}};
  context.append(record);
}

}  // namespace

Result<Empty> set_room_role(WriteContext& context, const RoomSetRole::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::set_role);
  if (!entry) return entry.error();
  const auto target = store::find_user(context.db(), params.user);
  const auto member = store::find_member(context.db(), params.room, params.user);
  const bool knows_members = domain::may_name(entry->room, entry->standing);
  const Error no_such_member =
      not_found(knows_members ? "There is no such person in the room."
                              : "There is no such person in the room, or they are that already.");
  if (!target || !member) return no_such_member;
  // Who isn't in a private room doesn't learn by asking for what is already so who is.
  if (member->role == params.role) return knows_members ? Result<Empty>(Empty{}) : no_such_member;
  if (params.role == RoomRole::moderator) {
    if (target->account.role == Role::guest)
      return conflict("guest", "A guest can't moderate a room. Make them a member of the office first.");
  } else if (auto allowed = authorize_demotion(context, *entry, *target); !allowed) {
    return allowed.error();
  }
  store::update_member_role(context.db(), params.room, params.user, params.role);
  append_role(context, entry->room, target->user(), member->role, params.role);
  tell_member_changed(context, params.room, target->user());
  return Empty{};
}

}  // namespace wardroom::commands
