#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

Error unknown_room() {
  return not_found("There is no such room, or you are not in it.");
}

Result<User> find_caller(WriteContext& context) {
  const auto row = store::find_user(context.db(), context.caller().user);
  if (!row) return not_found("Your account is gone.");
  return row->user();
}

}  // namespace

Result<RoomResult> join_room(WriteContext& context, const RoomParams& params) {
  const UserId caller = context.caller().user;
  if (const auto mine = store::find_my_room(context.db(), params.room, caller)) return RoomResult{*mine};
  const auto room = store::find_room(context.db(), params.room);
  if (!room) return unknown_room();
  if (auto allowed = domain::authorize_join(*room, context.caller().role); !allowed) return allowed.error();
  const auto user = find_caller(context);
  if (!user) return user.error();
  admit_member(context, *room, *user, RoomRole::member, std::nullopt);
  const auto mine = store::find_my_room(context.db(), params.room, caller);
  if (!mine) return unknown_room();
  return RoomResult{*mine};
}

Result<Empty> leave_room(WriteContext& context, const RoomParams& params) {
  const auto room = store::find_room(context.db(), params.room);
  if (!room || !store::find_member(context.db(), params.room, context.caller().user)) return Empty{};
  if (room->kind == RoomKind::direct)
    return forbidden("direct_room", "A direct room can't be left; its people belong to it.");
  const auto user = find_caller(context);
  if (!user) return user.error();
  remove_member(context, *room, *user, std::nullopt);
  return Empty{};
}

Result<Empty> add_member(WriteContext& context, const RoomAddMember::Params& params) {
  const auto& caller = context.caller();
  const auto room = store::find_room(context.db(), params.room);
  if (!room) return unknown_room();
  const auto member = store::find_member(context.db(), params.room, caller.user);
  if (auto allowed = domain::authorize_add_member(*room, caller.role,
                                                  member ? std::optional(member->role) : std::nullopt);
      !allowed)
    return allowed.error();
  const auto row = store::find_user(context.db(), params.user);
  const bool may_know = domain::has_right(caller.role, domain::Right::use_directory) ||
                        store::share_a_room(context.db(), caller.user, params.user);
  if (!row || row->account.disabled || row->account.imported || !may_know)
    return not_found("There is no such person.");
  admit_member(context, *room, row->user(), RoomRole::member, caller.user);
  return Empty{};
}

}  // namespace wardroom::commands
