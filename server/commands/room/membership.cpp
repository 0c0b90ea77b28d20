#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

Result<User> find_caller(WriteContext& context) {
  const auto row = store::find_user(context.db(), context.caller().user);
  if (!row) return not_found("Your account is gone.");
  return row->user();
}

}  // namespace

Result<RoomResult> join_room(WriteContext& context, const RoomParams& params) {
  const UserId caller = context.caller().user;
  if (const auto mine = store::find_my_room(context.db(), params.room, caller, context.now()))
    return RoomResult{*mine};
  const auto entry = enter_room(context, params.room, domain::RoomAct::join);
  if (!entry) return entry.error();
  const auto user = find_caller(context);
  if (!user) return user.error();
  admit_member(context, entry->room, *user, RoomRole::member, std::nullopt);
  return show_room(context, params.room);
}

Result<Empty> leave_room(WriteContext& context, const RoomParams& params) {
  if (!store::find_member(context.db(), params.room, context.caller().user)) return Empty{};
  const auto entry = enter_room(context, params.room, domain::RoomAct::leave);
  if (!entry) return entry.error();
  const auto user = find_caller(context);
  if (!user) return user.error();
  remove_member(context, entry->room, *user, std::nullopt);
  return Empty{};
}

Result<Empty> add_member(WriteContext& context, const RoomAddMember::Params& params) {
  const auto& caller = context.caller();
  const auto entry = enter_room(context, params.room, domain::RoomAct::add_member);
  if (!entry) return entry.error();
  const auto row = store::find_user(context.db(), params.user);
  const bool may_know = domain::has_right(caller.role, domain::Right::use_directory) ||
                        store::share_a_room(context.db(), caller.user, params.user);
  if (!row || row->account.disabled || row->account.imported || !may_know)
    return not_found("There is no such person.");
  admit_member(context, entry->room, row->user(), RoomRole::member, caller.user);
  return Empty{};
}

}  // namespace wardroom::commands
