#include "server/domain/rights.hpp"

#include <algorithm>

namespace wardroom::domain {
namespace {

using protocol::Role;
using protocol::Room;
using protocol::RoomKind;
using protocol::RoomRole;

struct Row {
  Right right;
  std::initializer_list<Role> roles;
  const char* refusal;
};

const Row kTable[] = {
    {Right::use_directory,
     {Role::member, Role::moderator, Role::auditor, Role::admin},
     "Guests see only the people of their rooms."},
    {Right::browse_rooms,
     {Role::member, Role::moderator, Role::auditor, Role::admin},
     "Guests see only the rooms that they were added to."},
    {Right::create_rooms,
     {Role::member, Role::moderator, Role::admin},
     "Guests and auditors can't make rooms."},
    {Right::manage_rooms, {Role::moderator, Role::admin}, "Only moderators and administrators may do this."},
    {Right::manage_people, {Role::admin}, "Only an administrator may do this."},
    {Right::import_messages, {Role::admin}, "Only an administrator may import messages."},
    {Right::read_audit, {Role::auditor, Role::admin}, "Only auditors and administrators read the audit log."},
};

const Row& row_of(Right right) {
  return *std::find_if(std::begin(kTable), std::end(kTable),
                       [&](const Row& row) { return row.right == right; });
}

Error unknown_room() {
  return not_found("There is no such room, or you are not in it.");
}
Error direct_room() {
  return forbidden("direct_room", "A direct room's people and name can't be changed.");
}

}  // namespace

bool has_right(Role role, Right right) {
  const auto& roles = row_of(right).roles;
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Result<void> authorize(Role role, Right right) {
  if (has_right(role, right)) return ok();
  return forbidden("role", row_of(right).refusal);
}

Result<void> authorize_post(const Room& room, std::optional<RoomRole> membership) {
  if (!membership) {
    if (room.kind != RoomKind::public_) return unknown_room();
    return forbidden("not_a_member", "Join the room before you post in it.");
  }
  if (room.archived) return forbidden("room_archived", "You may not post here: the room is archived.");
  return ok();
}

Result<void> authorize_join(const Room& room, Role role) {
  if (room.kind != RoomKind::public_ || !has_right(role, Right::browse_rooms)) return unknown_room();
  if (room.archived) return forbidden("room_archived", "The room is archived; nobody can join it any more.");
  return ok();
}

Result<void> authorize_room_update(const Room& room, Role role, std::optional<RoomRole> membership) {
  if (room.kind == RoomKind::direct) return membership ? direct_room() : unknown_room();
  const bool manages = has_right(role, Right::manage_rooms);
  if (!membership && (room.kind == RoomKind::private_ || !manages)) return unknown_room();
  if (manages || membership == RoomRole::moderator) return ok();
  return forbidden("not_a_moderator", "Only the room's moderators may change it.");
}

Result<void> authorize_add_member(const Room& room, Role role, std::optional<RoomRole> membership) {
  if (!membership) return unknown_room();
  if (room.kind == RoomKind::direct) return direct_room();
  if (room.archived) return forbidden("room_archived", "The room is archived; nobody can be added any more.");
  if (room.kind == RoomKind::private_ && membership != RoomRole::moderator &&
      !has_right(role, Right::manage_rooms))
    return forbidden("not_a_moderator", "Only the room's moderators may add people to a private room.");
  return ok();
}

}  // namespace wardroom::domain
