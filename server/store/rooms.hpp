#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/room.hpp"
#include "protocol/types.hpp"

// The tables `rooms` and `members`.
namespace wardroom::store {

std::optional<protocol::Room> find_room(sqlite::Connection& db, RoomId id);
std::optional<RoomId> find_room_by_name(sqlite::Connection& db, std::string_view name_key);
std::optional<RoomId> find_direct_room(sqlite::Connection& db, std::string_view direct_key);

struct NewRoom {
  std::string name;
  std::optional<std::string> name_key;    // public and private rooms
  std::optional<std::string> direct_key;  // direct rooms
  protocol::RoomKind kind = protocol::RoomKind::public_;
  std::string topic;
  UserId created_by;
};
// Nothing when the name is taken, or looks like one that is (domain::room_name_look).
std::optional<RoomId> insert_room(sqlite::Connection& db, const NewRoom& room, TimePoint now);
// False when the name is taken.
bool update_room(sqlite::Connection& db, RoomId id, std::string_view name, std::string_view name_key,
                 std::string_view topic);
// A public room becomes private, or a private one public.
void update_kind(sqlite::Connection& db, RoomId id, protocol::RoomKind kind);
// For a private room that becomes public: what is written so far isn't shown to those who come in from now
// on.
void close_history(sqlite::Connection& db, RoomId id);
// What is written so far is shown to everybody in the room, and to those who come.
void open_history(sqlite::Connection& db, RoomId id);
void update_archived(sqlite::Connection& db, RoomId id, bool archived);
void update_locked(sqlite::Connection& db, RoomId id, bool locked);
void update_slow_mode(sqlite::Connection& db, RoomId id, std::int64_t seconds);
// Gives the room's next sequence number to a durable event.
Seq take_seq(sqlite::Connection& db, RoomId id);

struct MemberRow {
  protocol::RoomRole role = protocol::RoomRole::member;
  protocol::Marker marker;
  std::int64_t mentions = 0;
  bool accepted = true;  // false: was asked into a direct room and hasn't answered yet
  Seq shown_after{};     // what was written up to here isn't shown to them
};
std::optional<MemberRow> find_member(sqlite::Connection& db, RoomId room, UserId user);
// A new member starts with everything read. False when they are in already.
bool insert_member(sqlite::Connection& db, RoomId room, UserId user, protocol::RoomRole role, TimePoint now);
// Of what was written up to `seq` this member sees nothing.
void show_member_after(sqlite::Connection& db, RoomId room, UserId user, Seq seq);
void update_member_role(sqlite::Connection& db, RoomId room, UserId user, protocol::RoomRole role);
// Whether the room would lose its last moderator with this one while other people stay in it. Accounts that
// are shut count neither as moderators nor as people.
bool is_last_moderator(sqlite::Connection& db, RoomId room, UserId user);
// Whether the person moderates a public or private room of their own.
bool moderates_a_room(sqlite::Connection& db, UserId user);
bool delete_member(sqlite::Connection& db, RoomId room, UserId user);
std::vector<protocol::Member> load_members(sqlite::Connection& db, RoomId room, TimePoint now);
// Those members to whom this message isn't shown are left out; nothing when it is shown to every member.
std::optional<std::vector<UserId>> load_readers(sqlite::Connection& db, RoomId room, Seq message);
std::vector<RoomId> load_room_ids(sqlite::Connection& db, UserId user);
std::vector<RoomId> load_direct_room_ids(sqlite::Connection& db, UserId user);
// Private and direct rooms that the reader isn't shown from their beginning.
struct ClosedRoom {
  RoomId id;
  bool is_direct = false;
};
std::vector<ClosedRoom> load_closed_rooms(sqlite::Connection& db, UserId reader);

// Moves the marker forward to `seq` (at most the room's) and clears the mentions; nothing when it stood there
// already.
std::optional<protocol::Marker> move_marker(sqlite::Connection& db, RoomId room, UserId user, Seq seq);
// Moves it back to `seq`, at most to where the person may read from; nothing when it stood there or before.
std::optional<protocol::Marker> move_marker_back(sqlite::Connection& db, RoomId room, UserId user, Seq seq);
// Counts so many mentions more, or fewer, for a message; the new number, or nothing when the person isn't in
// the room or has read the message.
std::optional<std::int64_t> count_mention(sqlite::Connection& db, RoomId room, UserId user, Seq message,
                                          std::int64_t more);
void update_mentions(sqlite::Connection& db, RoomId room, UserId user, std::int64_t mentions);
// The newest 1,000 messages after `marker` that have an @ in them.
struct Call {
  UserId author;
  std::string text;
};
std::vector<Call> load_unread_calls(sqlite::Connection& db, RoomId room, Seq marker);

std::optional<protocol::MyRoom> find_my_room(sqlite::Connection& db, RoomId room, UserId user, TimePoint now);
std::vector<protocol::MyRoom> load_my_rooms(sqlite::Connection& db, UserId user, TimePoint now);
// Those whose name or topic has `query` in it, without case, accents and width, and whose name comes after
// `after`, which is folded (domain::room_name_key).
std::vector<protocol::RoomBrowse::Entry> load_public_rooms(sqlite::Connection& db, UserId user,
                                                           std::string_view query, std::string_view after,
                                                           std::int64_t limit);

}  // namespace wardroom::store
