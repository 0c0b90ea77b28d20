#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/commands/room/entry.hpp"
#include "server/commands/room/last_moderator.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"
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
  if (const auto mine = store::find_my_room(context.db(), params.room, caller, context.trusted()))
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
  if (auto allowed = check_last_moderator(context, *entry, user->id); !allowed) return allowed.error();
  remove_member(context, entry->room, *user, std::nullopt);
  return Empty{};
}

Result<Empty> add_member(WriteContext& context, const RoomAddMember::Params& params) {
  const auto& caller = context.caller();
  const auto entry = enter_room(context, params.room, domain::RoomAct::add_member);
  if (!entry) return entry.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row || row->account.disabled || row->account.imported) return not_found("There is no such person.");
  if (store::find_sanction(context.db(), SanctionKind::ban, params.room, params.user, context.trusted()))
    return conflict("banned", "This person is banned from the room. Its moderators can lift the ban.");
  admit_member(context, entry->room, row->user(), RoomRole::member, caller.user);
  return Empty{};
}

Result<Empty> take_out_member(WriteContext& context, const RoomRemoveMember::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::remove_member);
  if (!entry) return entry.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return not_found("There is no such person.");
  const auto standing =
      find_standing(context.db(), &entry->room, params.user, row->account.role, context.trusted());
  const bool is_self = params.user == context.caller().user;
  if (auto allowed = domain::authorize_against(&entry->room, entry->standing, standing, is_self); !allowed)
    return allowed.error();
  remove_member(context, entry->room, row->user(), context.caller().user);
  return Empty{};
}

}  // namespace wardroom::commands
