#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct RoomList {
  static constexpr std::string_view kName = "room.list";
  static constexpr std::string_view kSummary = "The caller's rooms, with markers and counters.";
  using Params = Empty;
  struct Result {
    std::vector<MyRoom> rooms;
  };
};
BOOST_DESCRIBE_STRUCT(RoomList::Result, (), (rooms))

struct RoomBrowse {
  static constexpr std::string_view kName = "room.browse";
  static constexpr std::string_view kSummary = "Public rooms that one may join, by name.";
  struct Params {
    std::optional<std::string> query;
    std::optional<std::string> after;  // the last name of the page before
    std::optional<std::int64_t> limit;
  };
  struct Entry {
    RoomId id;
    std::string name;
    std::string topic;
    std::int64_t members = 0;
    bool joined = false;
  };
  struct Result {
    std::vector<Entry> rooms;
    bool more = false;
  };
};
BOOST_DESCRIBE_STRUCT(RoomBrowse::Params, (), (query, after, limit))
BOOST_DESCRIBE_STRUCT(RoomBrowse::Entry, (), (id, name, topic, members, joined))
BOOST_DESCRIBE_STRUCT(RoomBrowse::Result, (), (rooms, more))

struct RoomResult {
  MyRoom room;
};
BOOST_DESCRIBE_STRUCT(RoomResult, (), (room))

struct RoomParams {
  RoomId room;
};
BOOST_DESCRIBE_STRUCT(RoomParams, (), (room))

struct RoomCreate {
  static constexpr std::string_view kName = "room.create";
  static constexpr std::string_view kSummary =
      "Makes a public or private room; the caller becomes its moderator.";
  struct Params {
    std::string name;
    RoomKind kind = RoomKind::public_;
    std::optional<std::string> topic;
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"name_taken"};
};
BOOST_DESCRIBE_STRUCT(RoomCreate::Params, (), (name, kind, topic))

struct RoomUpdate {
  static constexpr std::string_view kName = "room.update";
  static constexpr std::string_view kSummary =
      "Changes a room's name or topic, or makes it public or private. Only moderators who are in a private "
      "room "
      "make it public; who joins it then reads what comes after, unless open_history says otherwise.";
  struct Params {
    RoomId room;
    std::optional<std::string> name;
    std::optional<std::string> topic;
    std::optional<RoomKind> kind;      // public or private
    std::optional<bool> open_history;  // with kind public: also what was written before is shown to newcomers
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"name_taken", "not_a_member", "not_a_moderator",
                                                 "not_shown"};
};
BOOST_DESCRIBE_STRUCT(RoomUpdate::Params, (), (room, name, topic, kind, open_history))

struct RoomJoin {
  static constexpr std::string_view kName = "room.join";
  static constexpr std::string_view kSummary = "Joins a public room. Joining twice is no error.";
  using Params = RoomParams;
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"room_archived", "banned"};
};

struct RoomLeave {
  static constexpr std::string_view kName = "room.leave";
  static constexpr std::string_view kSummary = "Leaves a room. Leaving twice is no error.";
  using Params = RoomParams;
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"last_moderator"};
};

struct RoomAddMember {
  static constexpr std::string_view kName = "room.add_member";
  static constexpr std::string_view kSummary = "Brings a person into a public or private room.";
  struct Params {
    RoomId room;
    UserId user;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_member", "not_a_moderator", "banned"};
};
BOOST_DESCRIBE_STRUCT(RoomAddMember::Params, (), (room, user))

struct RoomMembers {
  static constexpr std::string_view kName = "room.members";
  static constexpr std::string_view kSummary = "Who is in a room, by display name.";
  using Params = RoomParams;
  struct Result {
    std::vector<Member> members;
  };
};
BOOST_DESCRIBE_STRUCT(RoomMembers::Result, (), (members))

struct RoomRemoveMember {
  static constexpr std::string_view kName = "room.remove_member";
  static constexpr std::string_view kSummary =
      "Takes a person out of a public or private room. To do it as a moderation action, with a reason, see "
      "moderation.kick.";
  struct Params {
    RoomId room;
    UserId user;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked"};
};
BOOST_DESCRIBE_STRUCT(RoomRemoveMember::Params, (), (room, user))

struct RoomSetRole {
  static constexpr std::string_view kName = "room.set_role";
  static constexpr std::string_view kSummary = "Makes a member moderator of the room, or member again.";
  struct Params {
    RoomId room;
    UserId user;
    RoomRole role = RoomRole::member;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked", "last_moderator", "guest"};
};
BOOST_DESCRIBE_STRUCT(RoomSetRole::Params, (), (room, user, role))

struct RoomArchive {
  static constexpr std::string_view kName = "room.archive";
  static constexpr std::string_view kSummary =
      "Closes a room for good manners: it can be read, not written, until it is opened again.";
  struct Params {
    RoomId room;
    bool on = true;
    std::string reason;
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(RoomArchive::Params, (), (room, on, reason))

struct RoomLock {
  static constexpr std::string_view kName = "room.lock";
  static constexpr std::string_view kSummary = "Lets only moderators write in a room, until it is unlocked.";
  struct Params {
    RoomId room;
    bool on = true;
    std::string reason;
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(RoomLock::Params, (), (room, on, reason))

struct RoomSlowMode {
  static constexpr std::string_view kName = "room.slow_mode";
  static constexpr std::string_view kSummary =
      "Lets each member write once in so many seconds; 0 ends it. Moderators aren't held up.";
  struct Params {
    RoomId room;
    std::int64_t seconds = 0;  // 0 to 3,600
    std::string reason;
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(RoomSlowMode::Params, (), (room, seconds, reason))

struct MarkerSet {
  static constexpr std::string_view kName = "marker.set";
  static constexpr std::string_view kSummary =
      "Marks a room as read up to `seq`. A marker goes back only with `back`, which marks as unread what "
      "comes "
      "after `seq`.";
  struct Params {
    RoomId room;
    Seq seq;
    std::optional<bool> back;
  };
  using Result = Empty;
};
BOOST_DESCRIBE_STRUCT(MarkerSet::Params, (), (room, seq, back))

struct PresenceSet {
  static constexpr std::string_view kName = "presence.set";
  static constexpr std::string_view kSummary =
      "Says how the caller is: online, away or busy, with a short text, their status. It is kept, and shown "
      "in "
      "their profile while they are away, too, until it ends or is changed.";
  struct Params {
    Presence state = Presence::online;
    std::optional<std::string> text;
    std::optional<TimePoint> until = std::nullopt;  // when the text ends by itself
  };
  using Result = Empty;
};
BOOST_DESCRIBE_STRUCT(PresenceSet::Params, (), (state, text, until))

struct PresenceWatch {
  static constexpr std::string_view kName = "presence.watch";
  static constexpr std::string_view kSummary =
      "Names the people whose presence this connection wants to follow, instead of those named before. With "
      "once it asks and follows nobody: in a room of more people than can be followed.";
  struct Params {
    std::vector<UserId> users;
    std::optional<bool> once;  // only answer: whom the connection follows stays as it is
  };
  struct Result {
    std::vector<PresenceOf> presence;  // those who aren't offline
  };
};
BOOST_DESCRIBE_STRUCT(PresenceWatch::Params, (), (users, once))
BOOST_DESCRIBE_STRUCT(PresenceWatch::Result, (), (presence))

struct TypingSend {
  static constexpr std::string_view kName = "typing.send";
  static constexpr std::string_view kSummary =
      "Tells a room that the caller is typing; repeat every 3 s while it lasts.";
  using Params = RoomParams;
  using Result = Empty;
};

}  // namespace wardroom::protocol
