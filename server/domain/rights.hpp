#pragma once

#include <optional>
#include <span>

#include "common/base/result.hpp"
#include "protocol/types.hpp"

// Who may do what. One table for what hangs on the role in the office, one for what is done in a room; every
// command asks here, and docs/rights.md is generated from them. Pure functions, any thread.
namespace wardroom::domain {

enum class Right {
  use_directory,  // see people outside one's own rooms
  browse_rooms,   // see and join public rooms
  create_rooms,
  moderate_office,  // moderate every public and private room, mute in all of them, handle every report
  manage_people,
  import_messages,
  read_audit,
  export_evidence,
  settle_alarms,       // of PCs that saw another audit log
  read_private_rooms,  // that one isn't in, each time with a reason and a record
  keep_records,        // the log's key and pruning, retention, holds, erasure
  announce,            // to everybody in the office
  manage_server,       // how it is; its certificates, settings, backups
};

struct RightRow {
  Right right;
  std::string_view name;
  std::string_view meaning;
  std::string_view roles;  // one letter each: g m M A a (guest, member, moderator, auditor, admin)
  std::string_view refusal;
};
std::span<const RightRow> right_table();

bool has_right(protocol::Role role, Right right);
// `forbidden` with a sentence for the person.
Result<void> authorize(protocol::Role role, Right right);

// What is done in a room or to its messages.
enum class RoomAct {
  read,  // history, changes, members, pins
  mark,  // one's own marker
  type,  // say that one is typing
  post,
  edit,  // one's own message
  delete_own,
  delete_any,
  see_versions,  // of somebody else's message: a reading, which takes being in the room
  react,
  pin,
  report,
  join,
  leave,
  add_member,
  remove_member,
  update,  // name and topic
  make_public,
  set_role,
  archive,
  lock,
  slow_mode,
  mute,  // and unmute
  kick,
  ban,  // and unban
  see_sanctions,
  answer,  // a request for a direct room
  end,     // a direct room
};

// Who may, at least.
enum class Least {
  knower,  // whoever may know of the room: members; for public rooms everybody but guests
  member,
  moderator,  // of the room or of the office
  insider,    // a moderator who is in the room: those of the office neither read it nor open it to anybody
};

// Who may do an act in each kind of room, and whether the room's and the person's state allow it.
struct RoomRule {
  RoomAct act;
  std::string_view name;
  std::string_view meaning;
  std::optional<Least> in_public;
  std::optional<Least> in_private;
  std::optional<Least> in_direct;  // none: not possible in rooms of this kind
  bool if_archived;                // possible in an archived room, and in a direct room that has ended
  bool if_locked;                  // possible for members of a locked room; moderators aren't held up
  bool if_muted;                   // possible for who is muted
};
std::span<const RoomRule> room_rules();
const RoomRule& room_rule(RoomAct act);

// How a person stands to a room.
struct Standing {
  protocol::Role role = protocol::Role::member;  // in the office
  std::optional<protocol::RoomRole> membership;  // nothing: not in the room
  bool muted = false;                            // here or everywhere
  bool banned = false;                           // from here
  bool accepted = true;                          // a direct room that was asked for
  Seq shown_after{};  // what was written up to here stays with those who were in the room before
};

// The moderators of a room: its own, and those of the office. In direct rooms there are none, and a guest is
// never one, whatever they were before they became a guest.
bool is_moderator(const protocol::Room& room, const Standing& standing);

// Whether the person may know that there is such a room: its members, everybody but guests of public rooms,
// moderators of the office also of private ones, which they moderate but don't read.
bool may_know(const protocol::Room& room, const Standing& standing);

// Whether the person may also know what it is called: who moderates a private room from outside doesn't.
bool may_name(const protocol::Room& room, const Standing& standing);

// The error for a room that there isn't, or that the person may not know of.
Error unknown_room();
bool is_unknown_room(const Error& error);

// Whether the person may do it now. `not_found` when they may not know of the room, else `forbidden` with a
// reason: role, not_a_member, not_a_moderator, direct_room, room_archived, room_locked, muted, banned,
// not_accepted, direct_ended.
Result<void> authorize(RoomAct act, const protocol::Room& room, const Standing& standing);

// Whether an action of one person against another is in order: nobody acts against themselves, a room's
// moderator not against a moderator, a moderator of the office not against another one or an administrator.
// `forbidden` outranked, or `params` on `field` for oneself.
Result<void> authorize_against(const protocol::Room* room, const Standing& actor, const Standing& target,
                               bool is_self);

}  // namespace wardroom::domain
