#include "server/commands/admin/account_access.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/leaver.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

Result<std::optional<User>> find_successor(WriteContext& context, const AdminUserOffboard::Params& params) {
  if (!params.successor) return std::optional<User>{};
  const auto row = store::find_user(context.db(), *params.successor);
  if (*params.successor == params.user || !row || row->account.disabled || row->account.imported ||
      row->account.role == Role::guest)
    return params_error("params.successor", "The successor is another person with an account; not a guest.");
  return std::optional(row->user());
}

// Whoever offboards may name themselves. So a private room's history stays with those who were in it: the
// successor sees what comes after, and reads what was before as everybody else from outside, on record.
void hand_over(WriteContext& context, const Room& room, const User& successor) {
  admit_member(context, room, successor, RoomRole::moderator, context.caller().user,
               room.kind == RoomKind::private_ ? SeenFrom::now : SeenFrom::as_the_room_shows);
  const auto member = store::find_member(context.db(), room.id, successor.id);
  if (!member || member->role == RoomRole::moderator) return;
  store::update_member_role(context.db(), room.id, successor.id, RoomRole::moderator);
  audit::Record record = context.call.record(audit::Type::room_role_changed);
  record.target = {"user", successor.id.value, successor.name};
  record.room = room.id;
  record.before = {{"role", enum_name(RoomRole::member)}};
  record.after = {{"role", enum_name(RoomRole::moderator)}};
  context.append(record);
  tell_member_changed(context, room.id, successor);
}

// The one who offboards doesn't thereby learn what a private room is called.
std::string describe_room(WriteContext& context, const Room& room) {
  const std::string name = name_for(context.db(), room.id, context.caller().user);
  return name.empty() ? "private room " + std::to_string(room.id.value) : name;
}

audit::Details describe(const AdminUserOffboard::Result& result) {
  return {{"sessions", result.sessions},
          {"invites", result.invites},
          {"rooms_left", result.rooms_left},
          {"rooms_handed_over", result.rooms_handed_over.size()}};
}

}  // namespace

// Direct rooms keep their member, so that the others go on seeing with whom they spoke.
Result<AdminUserOffboard::Result> offboard_user(WriteContext& context,
                                                const AdminUserOffboard::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return no_such_account();
  if (row->account.imported) return conflict("imported", "The author of imported messages is in no room.");
  if (is_last_admin(context, *row)) return last_admin();
  const auto successor = find_successor(context, params);
  if (!successor) return successor.error();

  AdminUserOffboard::Result result;
  const bool dry = params.dry_run.value_or(false);
  const UserId by = context.caller().user;
  for (const auto& left : store::load_rooms_of_leaver(context.db(), params.user)) {
    const auto room = store::find_room(context.db(), left.room);
    if (!room) continue;
    if (left.lacks_moderator && !*successor && !left.is_deserted && !dry)
      return conflict("successor_needed", "Name a successor: without one, " + describe_room(context, *room) +
                                              " would have no moderator.");
    // A room that nobody else is in goes to the successor too: it has somebody to turn to.
    if (left.lacks_moderator && (*successor || !left.is_deserted)) {
      result.rooms_handed_over.push_back(describe_room(context, *room));
      if (!dry) hand_over(context, *room, **successor);
    }
    ++result.rooms_left;
    if (!dry) remove_member(context, *room, row->user(), by);
  }
  if (dry) {
    result.sessions = store::count_sessions(context.db(), params.user, context.trusted());
    result.invites = store::count_open_invites_for(context.db(), params.user, context.trusted()) +
                     static_cast<std::int64_t>(
                         store::load_open_invites_by(context.db(), params.user, context.trusted()).size());
    return result;
  }
  if (!row->account.disabled) {
    const Shut shut = shut_account(context, *row, *reason);
    result.sessions = shut.sessions;
    result.invites = shut.invites;
  }
  result.invites += end_invites_by(context, *row, "its maker was offboarded");
  audit::Record record = context.call.record(audit::Type::user_offboarded);
  record.target = {"user", params.user.value, row->account.name};
  record.reason = *reason;
  record.after = describe(result);
  context.append(record);
  return result;
}

}  // namespace wardroom::commands
