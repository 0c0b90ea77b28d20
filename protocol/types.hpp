#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "common/base/clock.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"

// The values that methods and events are made of. On the wire each struct is a JSON object with these names;
// an optional without a value is left out; a TimePoint is a number of Unix milliseconds; enumerators are
// strings, without the trailing underscore that keeps C++ keywords apart.
namespace wardroom::protocol {

// JSON text that goes out as it is.
struct RawJson {
  std::string text;
};

enum class Role { guest, member, moderator, auditor, admin };
enum class RoomKind { public_, private_, direct };
enum class RoomRole { member, moderator };
enum class Presence { offline, online, away, busy };
// Where a direct room stands: asked for but not accepted by everybody, open, or closed by one of its people.
enum class DirectState { requested, open, ended };

// A person as colleagues see them.
struct User {
  UserId id;
  std::string name;  // unique, lower case, for @mentions and sign-in
  std::string display_name;
  Role role = Role::member;
};

// A person as an administrator sees them.
struct Account {
  UserId id;
  std::string name;
  std::string display_name;
  Role role = Role::member;
  std::string email;
  bool disabled = false;
  bool has_password = false;  // false: invited and not yet here, or an author that came with an import
  bool imported = false;
  bool second_factor = false;
  bool must_change_password = false;
  TimePoint created_at;
  std::optional<TimePoint> last_seen_at;
};

struct Marker {
  Seq seq;                 // the last event the person has read
  std::int64_t count = 0;  // countable messages up to there
};

struct Room {
  RoomId id;
  std::string name;  // empty for direct rooms: clients show the other people's names
  RoomKind kind = RoomKind::public_;
  std::string topic;
  Seq seq;                 // of the newest durable event; 0 when there is none
  std::int64_t count = 0;  // countable messages ever posted; unread = count - marker.count
  TimePoint created_at;
  bool archived = false;
  bool locked = false;                     // only moderators may post
  std::int64_t slow_mode_s = 0;            // seconds between two messages of one member; 0: off
  std::optional<TimePoint> last_at;        // when the newest message was posted
  std::optional<std::vector<User>> users;  // direct rooms only: who is in it
  std::optional<DirectState> direct;       // direct rooms only
  std::optional<UserId> requested_by;      // direct rooms that were asked for
};

// Why and until when a person may not write. Without an end: until it is lifted.
struct Mute {
  std::optional<TimePoint> until;
  std::string reason;
};

// A room as its member sees it.
struct MyRoom {
  RoomId id;
  std::string name;
  RoomKind kind = RoomKind::public_;
  std::string topic;
  Seq seq;
  std::int64_t count = 0;
  TimePoint created_at;
  bool archived = false;
  bool locked = false;
  std::int64_t slow_mode_s = 0;
  std::optional<TimePoint> last_at;
  std::optional<std::vector<User>> users;
  std::optional<DirectState> direct;
  std::optional<UserId> requested_by;
  RoomRole role = RoomRole::member;
  Marker marker;
  std::int64_t mentions = 0;     // unread messages that name the person
  std::optional<Mute> muted;     // when the person may not write here
  std::optional<bool> accepted;  // requested direct rooms: whether the person has said yes
};

struct Member {
  User user;
  RoomRole role = RoomRole::member;
  TimePoint joined_at;
  std::optional<bool> muted;
};

struct Reaction {
  std::string emoji;
  std::vector<UserId> users;  // in the order in which they reacted
};

// The replies in a thread, as they are shown under the message that it began with.
struct Replies {
  std::int64_t count = 0;        // those that aren't deleted, at least one
  Seq last;                      // the newest of them
  TimePoint last_at;             // when it was posted
  std::vector<UserId> repliers;  // whoever wrote last, five at most, the newest first
};

// A file that a message carries. Its bytes: GET /api/v1/files/<id>.
struct File {
  std::string id;  // a UUID
  std::string name;
  std::int64_t size = 0;  // bytes
  std::string type;       // by its bytes, never by its name: "image/png"
  std::string sha256;     // hexadecimal
};

struct Message {
  Seq seq;  // names the message within its room
  TimePoint at;
  UserId author;
  std::string text;                      // empty when deleted
  std::optional<std::string> client_id;  // a UUID made by the author's client
  std::optional<Seq> reply_to;
  std::optional<Seq> changed;  // the room's seq at the last change, when there was one
  std::optional<TimePoint> edited_at;
  std::optional<bool> deleted;
  std::optional<UserId> deleted_by;
  std::optional<std::string> delete_reason;
  std::optional<std::vector<Reaction>> reactions;
  std::optional<bool> pinned;
  std::optional<std::vector<File>> files;         // none of a deleted one
  std::optional<Seq> thread = std::nullopt;       // a reply in a thread: the message that it began with
  std::optional<Replies> replies = std::nullopt;  // that message, the root: what came after it
};

// Where a page of a list ended: the time by which it is sorted, and which message, of its last entry.
struct Beyond {
  TimePoint at;
  RoomId room;
  Seq seq;
};

// How a person stands to a thread.
struct Following {
  bool on = false;          // they follow it
  Seq read;                 // read up to here
  std::int64_t unread = 0;  // replies after that by others, without deleted ones; 0 for who doesn't follow it
};

// A thread that a person follows.
struct MyThread {
  RoomId room;
  Seq root;
  std::optional<Message> message;  // the root, unless it isn't there any more or isn't shown to the person
  Following following;
  TimePoint last_at;  // when the newest reply came; of one without replies: when it was followed
};

// A text that a person has begun to write, the same on all their devices.
struct Draft {
  RoomId room;
  std::optional<Seq> thread;  // for a thread: its root
  std::string text;
  std::optional<Seq> reply_to;
  TimePoint at;  // when it was stored
};

// What a person has arranged in their side bar. Rooms that they are no longer in may be among them.
struct SidebarSection {
  std::string name;  // 1 to 64 bytes
  std::vector<RoomId> rooms;
  bool folded = false;
};
struct Sidebar {
  std::int64_t version = 0;  // one more with each change; 0: nothing was arranged yet
  std::vector<RoomId> favourites;
  std::vector<SidebarSection> sections;
};

// What a person says of themselves.
struct Profile {
  User user;
  std::optional<std::string> title;
  std::optional<std::string> pronouns;
  std::optional<std::string> time_zone;  // a name of the IANA's list: "Europe/Berlin"
  std::optional<std::string> status;
  std::optional<TimePoint> status_until;  // when it ends by itself
};

// One state of a message's text.
struct MessageVersion {
  enum class Act { posted, edited, deleted, restored };
  std::int64_t version = 1;
  Act act = Act::posted;
  TimePoint at;
  UserId by;
  std::string text;  // empty for `deleted`
  std::string reason;
  std::optional<bool> erased = std::nullopt;  // the text was erased for good
};

struct Device {
  std::string name;    // for the person: "Lena's PC"
  std::string client;  // program and version: "wardroom 0.1.0"
  // 128 random bits or more, made once by the client and kept with its profile: a device that signed in
  // before isn't held up when somebody else guesses at its person's password.
  std::optional<Secret> key;
};

// A sign-in that holds, as its person and the administrators see it.
struct SessionInfo {
  SessionId id;
  User user;
  std::string device;
  std::string client;
  std::string ip;
  TimePoint created_at;
  TimePoint last_used_at;
  TimePoint expires_at;
  bool connected = false;  // has a connection now
  bool current = false;    // the caller's own
};

// Which way a page can go on.
struct More {
  bool before = false;
  bool after = false;
};

struct PresenceOf {
  UserId user;
  Presence state = Presence::offline;
  std::optional<std::string> text;
  std::optional<TimePoint> until = std::nullopt;  // when the text ends by itself
};

// An audit record as stored: `line` is the exact bytes of one JSON object (docs of the audit log).
struct AuditRecord {
  AuditIndex idx;
  std::string leaf;  // hexadecimal SHA-256(0x00 || line), RFC 6962 section 2.1
  std::string line;  // the exact bytes; empty when the record's body was pruned
};

// A node of the log's Merkle tree: it covers the records from index << level on, 1 << level of them, or fewer
// at the tree's right edge. A node that has no neighbour to its right is also its own parent.
struct TreeNode {
  std::int64_t level = 0;
  std::int64_t index = 0;
  std::string hash;  // hexadecimal
};

// A record with what must be added to recompute the root of a tree of that many records.
struct ProvenRecord {
  AuditRecord record;
  std::vector<TreeNode> nodes;
};

BOOST_DESCRIBE_ENUM(Role, guest, member, moderator, auditor, admin)
BOOST_DESCRIBE_ENUM(RoomKind, public_, private_, direct)
BOOST_DESCRIBE_ENUM(RoomRole, member, moderator)
BOOST_DESCRIBE_ENUM(Presence, offline, online, away, busy)
BOOST_DESCRIBE_ENUM(DirectState, requested, open, ended)
BOOST_DESCRIBE_STRUCT(User, (), (id, name, display_name, role))
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, name, display_name, role, email, disabled, has_password, imported, second_factor,
                       must_change_password, created_at, last_seen_at))
BOOST_DESCRIBE_STRUCT(Mute, (), (until, reason))
BOOST_DESCRIBE_STRUCT(Marker, (), (seq, count))
BOOST_DESCRIBE_STRUCT(Room, (),
                      (id, name, kind, topic, seq, count, created_at, archived, locked, slow_mode_s, last_at,
                       users, direct, requested_by))
BOOST_DESCRIBE_STRUCT(MyRoom, (),
                      (id, name, kind, topic, seq, count, created_at, archived, locked, slow_mode_s, last_at,
                       users, direct, requested_by, role, marker, mentions, muted, accepted))
BOOST_DESCRIBE_STRUCT(Member, (), (user, role, joined_at, muted))
BOOST_DESCRIBE_STRUCT(Reaction, (), (emoji, users))
BOOST_DESCRIBE_STRUCT(Replies, (), (count, last, last_at, repliers))
BOOST_DESCRIBE_STRUCT(File, (), (id, name, size, type, sha256))
BOOST_DESCRIBE_STRUCT(Message, (),
                      (seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,
                       delete_reason, reactions, pinned, files, thread, replies))
BOOST_DESCRIBE_STRUCT(Beyond, (), (at, room, seq))
BOOST_DESCRIBE_STRUCT(Following, (), (on, read, unread))
BOOST_DESCRIBE_STRUCT(MyThread, (), (room, root, message, following, last_at))
BOOST_DESCRIBE_STRUCT(Draft, (), (room, thread, text, reply_to, at))
BOOST_DESCRIBE_STRUCT(SidebarSection, (), (name, rooms, folded))
BOOST_DESCRIBE_STRUCT(Sidebar, (), (version, favourites, sections))
BOOST_DESCRIBE_STRUCT(Profile, (), (user, title, pronouns, time_zone, status, status_until))
BOOST_DESCRIBE_ENUM(MessageVersion::Act, posted, edited, deleted, restored)
BOOST_DESCRIBE_STRUCT(MessageVersion, (), (version, act, at, by, text, reason, erased))
BOOST_DESCRIBE_STRUCT(Device, (), (name, client, key))
BOOST_DESCRIBE_STRUCT(SessionInfo, (),
                      (id, user, device, client, ip, created_at, last_used_at, expires_at, connected,
                       current))
BOOST_DESCRIBE_STRUCT(More, (), (before, after))
BOOST_DESCRIBE_STRUCT(PresenceOf, (), (user, state, text, until))
BOOST_DESCRIBE_STRUCT(AuditRecord, (), (idx, leaf, line))
BOOST_DESCRIBE_STRUCT(TreeNode, (), (level, index, hash))
BOOST_DESCRIBE_STRUCT(ProvenRecord, (), (record, nodes))

}  // namespace wardroom::protocol
