#include "server/domain/rights.hpp"

#include <algorithm>
#include <string>

namespace wardroom::domain {
namespace {

using protocol::DirectState;
using protocol::Role;
using protocol::Room;
using protocol::RoomKind;
using protocol::RoomRole;

constexpr const char* kUnknownRoom = "There is no such room, or you are not in it.";

constexpr RightRow kRights[] = {
    {Right::use_directory, "use_directory", "See people outside one's own rooms", "mMAa",
     "Guests see only the people of their rooms."},
    {Right::browse_rooms, "browse_rooms", "See and join public rooms", "mMAa",
     "Guests see only the rooms that they were added to."},
    {Right::create_rooms, "create_rooms", "Make public and private rooms", "mMa",
     "Guests and auditors can't make rooms."},
    {Right::moderate_office, "moderate_office",
     "Moderate every public and private room, mute in all of them, handle every report", "Ma",
     "Only moderators and administrators may do this."},
    {Right::manage_people, "manage_people", "Accounts, invites, sessions, roles, imports of people", "a",
     "Only an administrator may do this."},
    {Right::import_messages, "import_messages", "Bring in messages of another system", "a",
     "Only an administrator may import messages."},
    {Right::read_audit, "read_audit", "Read the audit log", "Aa",
     "Only auditors and administrators read the audit log."},
    {Right::export_evidence, "export_evidence",
     "Take evidence out of the audit log, with the texts of messages in any room", "Aa",
     "Only auditors and administrators take evidence out of the audit log."},
    {Right::settle_alarms, "settle_alarms",
     "End a PC's alarm about the audit log, on that PC, with a reason and a record", "Aa",
     "Only auditors and administrators end an alarm about the audit log."},
    {Right::read_private_rooms, "read_private_rooms",
     "Read private and direct rooms that one isn't in, each time with a reason and a record", "a",
     "Only an administrator may do this."},
    {Right::keep_records, "keep_records", "The log's key and pruning, retention, holds, erasure of texts",
     "a", "Only an administrator may do this."},
    {Right::announce, "announce", "Announce something to everybody, see who acknowledged it", "a",
     "Only an administrator may announce something to everybody."},
    {Right::manage_server, "manage_server",
     "See how the server is, its certificates, settings and backups; renew, change and make them", "a",
     "Only an administrator may do this."},
};

constexpr auto kKnower = Least::knower;
constexpr auto kMember = Least::member;
constexpr auto kModerator = Least::moderator;
constexpr auto kInsider = Least::insider;
constexpr std::nullopt_t kNever = std::nullopt;

// clang-format off
constexpr RoomRule kRoomRules[] = {
    //                                                                            kind of room                  possible when
    // act                     name             meaning                           public      private     direct      archived locked muted
    {RoomAct::read,            "read",          "Read messages, members, pins",   kMember,    kMember,    kMember,    true,  true,  true},
    {RoomAct::mark,            "mark",          "Move one's own marker",          kMember,    kMember,    kMember,    true,  true,  true},
    {RoomAct::type,            "type",          "Say that one is typing",         kMember,    kMember,    kMember,    false, false, false},
    {RoomAct::post,            "post",          "Post",                           kMember,    kMember,    kMember,    false, false, false},
    {RoomAct::edit,            "edit",          "Edit one's own message",         kMember,    kMember,    kMember,    false, false, false},
    {RoomAct::delete_own,      "delete_own",    "Delete one's own message, bring it back",  kMember, kMember, kMember, true, true,  true},
    {RoomAct::delete_any,      "delete_any",    "Delete anybody's message, bring it back", kModerator, kModerator, kNever, true, true, true},
    {RoomAct::see_versions,    "see_versions",  "See earlier texts of anybody's message",  kInsider, kInsider, kNever, true, true, true},
    {RoomAct::react,           "react",         "React to a message",             kMember,    kMember,    kMember,    false, false, false},
    {RoomAct::pin,             "pin",           "Pin a message",                  kModerator, kModerator, kMember,    false, true,  true},
    {RoomAct::report,          "report",        "Report a message",               kMember,    kMember,    kMember,    true,  true,  true},
    {RoomAct::join,            "join",          "Join",                           kKnower,    kNever,     kNever,     false, true,  true},
    {RoomAct::leave,           "leave",         "Leave",                          kMember,    kMember,    kNever,     true,  true,  true},
    {RoomAct::add_member,      "add_member",    "Bring a person in",              kMember,    kInsider,   kNever,     false, true,  true},
    {RoomAct::remove_member,   "remove_member", "Take a person out",              kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::update,          "update",        "Change name and topic",          kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::make_public,     "make_public",   "Make a private room public",     kInsider,   kInsider,   kNever,     true,  true,  true},
    {RoomAct::set_role,        "set_role",      "Make members moderators",        kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::archive,         "archive",       "Archive the room, open it again", kModerator, kModerator, kNever,    true,  true,  true},
    {RoomAct::lock,            "lock",          "Lock and unlock the room",       kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::slow_mode,       "slow_mode",     "Set slow mode",                  kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::mute,            "mute",          "Mute and unmute a person",       kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::kick,            "kick",          "Take a person out, as a moderation action", kModerator, kModerator, kNever,    true,  true,  true},
    {RoomAct::ban,             "ban",           "Keep a person out, let them in again", kModerator, kModerator, kNever, true, true, true},
    {RoomAct::see_sanctions,   "see_sanctions", "See mutes and bans",             kModerator, kModerator, kNever,     true,  true,  true},
    {RoomAct::answer,          "answer",        "Accept or decline a request",    kNever,     kNever,     kMember,    true,  true,  true},
    {RoomAct::end,             "end",           "End a direct conversation",      kNever,     kNever,     kMember,    true,  true,  true},
};
// clang-format on

constexpr char letter(Role role) {
  switch (role) {
    case Role::guest:
      return 'g';
    case Role::member:
      return 'm';
    case Role::moderator:
      return 'M';
    case Role::auditor:
      return 'A';
    case Role::admin:
      return 'a';
  }
  return '?';
}

const RightRow& right_row(Right right) {
  return *std::find_if(std::begin(kRights), std::end(kRights),
                       [&](const RightRow& row) { return row.right == right; });
}

std::optional<Least> least_in(const RoomRule& rule, RoomKind kind) {
  switch (kind) {
    case RoomKind::public_:
      return rule.in_public;
    case RoomKind::private_:
      return rule.in_private;
    case RoomKind::direct:
      return rule.in_direct;
  }
  return std::nullopt;
}

Error lacks_standing(Least least, const Room& room, const Standing& standing) {
  if (least == Least::moderator)
    return forbidden("not_a_moderator", "Only the room's moderators may do this.");
  if (least == Least::insider)
    return standing.membership
               ? forbidden("not_a_moderator", "Only the room's moderators may do this.")
               : forbidden("not_a_member", "Only moderators who are in the room may do this.");
  // Who only moderates a private room is told no more of it than anybody else.
  if (room.kind == RoomKind::private_ && !standing.membership) return unknown_room();
  return forbidden("not_a_member", "Join the room first.");
}

bool reaches(Least least, const Room& room, const Standing& standing) {
  switch (least) {
    case Least::knower:
      return true;
    case Least::member:
      return standing.membership.has_value();
    case Least::moderator:
      return is_moderator(room, standing);
    case Least::insider:
      return standing.membership && is_moderator(room, standing);
  }
  return false;
}

// What the room's and the person's state forbid.
Result<void> check_states(const RoomRule& rule, const Room& room, const Standing& standing) {
  if (rule.act == RoomAct::join && standing.banned)
    return forbidden("banned", "You are banned from this room.");
  if (!rule.if_archived) {
    if (room.archived) return forbidden("room_archived", "The room is archived: it can only be read.");
    if (room.direct == DirectState::ended)
      return forbidden("direct_ended", "This conversation was ended. Open it again to go on.");
    if (room.direct == DirectState::requested)
      return forbidden("not_accepted", "Not everybody has accepted this conversation yet.");
  }
  if (!rule.if_locked && room.locked && !is_moderator(room, standing))
    return forbidden("room_locked", "This room is locked. Only its moderators can post.");
  if (!rule.if_muted && standing.muted) return forbidden("muted", "You are muted and may not write here.");
  return ok();
}

}  // namespace

std::span<const RightRow> right_table() {
  return kRights;
}

std::span<const RoomRule> room_rules() {
  return kRoomRules;
}

const RoomRule& room_rule(RoomAct act) {
  return *std::find_if(std::begin(kRoomRules), std::end(kRoomRules),
                       [&](const RoomRule& rule) { return rule.act == act; });
}

bool has_right(Role role, Right right) {
  return right_row(right).roles.find(letter(role)) != std::string_view::npos;
}

Result<void> authorize(Role role, Right right) {
  if (has_right(role, right)) return ok();
  return forbidden("role", std::string(right_row(right).refusal));
}

Error unknown_room() {
  return not_found(kUnknownRoom);
}

bool is_unknown_room(const Error& error) {
  return error.code == ErrorCode::not_found && error.message == kUnknownRoom;
}

bool is_moderator(const Room& room, const Standing& standing) {
  if (room.kind == RoomKind::direct || standing.role == Role::guest) return false;
  return standing.membership == RoomRole::moderator || has_right(standing.role, Right::moderate_office);
}

bool may_know(const Room& room, const Standing& standing) {
  if (standing.membership) return true;
  switch (room.kind) {
    case RoomKind::public_:
      return has_right(standing.role, Right::browse_rooms);
    case RoomKind::private_:
      return has_right(standing.role, Right::moderate_office);
    case RoomKind::direct:
      return false;
  }
  return false;
}

bool may_name(const Room& room, const Standing& standing) {
  return standing.membership || (room.kind == RoomKind::public_ && may_know(room, standing));
}

Result<void> authorize(RoomAct act, const Room& room, const Standing& standing) {
  if (!may_know(room, standing)) return unknown_room();
  const RoomRule& rule = room_rule(act);
  const auto least = least_in(rule, room.kind);
  if (!least) {
    if (room.kind == RoomKind::direct)
      return forbidden("direct_room", "This isn't possible in a direct conversation.");
    return unknown_room();
  }
  if (!reaches(*least, room, standing)) return lacks_standing(*least, room, standing);
  return check_states(rule, room, standing);
}

Result<void> authorize_against(const Room* room, const Standing& actor, const Standing& target,
                               bool is_self) {
  if (is_self) return params_error("params.user", "You can't do this to yourself.");
  if (actor.role == Role::admin) return ok();
  const bool target_is_office = has_right(target.role, Right::moderate_office);
  if (has_right(actor.role, Right::moderate_office)) {
    if (!target_is_office) return ok();
  } else if (room && !is_moderator(*room, target)) {
    return ok();
  }
  return forbidden("outranked", "Somebody of this rank answers to a higher one only.");
}

}  // namespace wardroom::domain
