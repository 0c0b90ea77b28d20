#pragma once

#include <string_view>

#include "protocol/types.hpp"

// What the server tells without being asked. Events with `room` and `seq` are durable: they number a room
// without gaps, and a client that misses one asks message.changes. Nothing in an event differs between its
// recipients, so that it is encoded once; what is personal is its own event to one person.
namespace wardroom::protocol {

struct MessagePosted {
  static constexpr std::string_view kName = "message.posted";
  static constexpr std::string_view kSummary = "A message is on disk.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId author;
  std::optional<std::string> client_id;
  std::string text;
  std::optional<Seq> reply_to;
};
BOOST_DESCRIBE_STRUCT(MessagePosted, (), (room, seq, at, author, client_id, text, reply_to))

struct RoomCreated {
  static constexpr std::string_view kName = "room.created";
  static constexpr std::string_view kSummary = "The person is in a new room. Personal.";
  Room room;
};
BOOST_DESCRIBE_STRUCT(RoomCreated, (), (room))

struct RoomUpdated {
  static constexpr std::string_view kName = "room.updated";
  static constexpr std::string_view kSummary = "A room's name or topic changed.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId by;
  std::string name;
  std::string topic;
};
BOOST_DESCRIBE_STRUCT(RoomUpdated, (), (room, seq, at, by, name, topic))

struct MemberJoined {
  static constexpr std::string_view kName = "member.joined";
  static constexpr std::string_view kSummary = "A person came into a room.";
  RoomId room;
  Seq seq;
  TimePoint at;
  User user;
  std::optional<UserId> by;
};
BOOST_DESCRIBE_STRUCT(MemberJoined, (), (room, seq, at, user, by))

struct MemberLeft {
  static constexpr std::string_view kName = "member.left";
  static constexpr std::string_view kSummary =
      "A person is no longer in a room. Reaches them too, as the room's last event.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId user;
  std::optional<UserId> by;
};
BOOST_DESCRIBE_STRUCT(MemberLeft, (), (room, seq, at, user, by))

struct MemberChanged {
  static constexpr std::string_view kName = "member.changed";
  static constexpr std::string_view kSummary = "A member's display name or role changed.";
  RoomId room;
  Seq seq;
  TimePoint at;
  User user;
};
BOOST_DESCRIBE_STRUCT(MemberChanged, (), (room, seq, at, user))

struct MarkerMoved {
  static constexpr std::string_view kName = "marker.moved";
  static constexpr std::string_view kSummary = "The person read a room on one of their devices. Personal.";
  RoomId room;
  Marker marker;
  std::int64_t mentions = 0;
};
BOOST_DESCRIBE_STRUCT(MarkerMoved, (), (room, marker, mentions))

struct MentionCounted {
  static constexpr std::string_view kName = "mention.counted";
  static constexpr std::string_view kSummary = "A message names the person. Personal.";
  RoomId room;
  std::int64_t mentions = 0;
};
BOOST_DESCRIBE_STRUCT(MentionCounted, (), (room, mentions))

struct PresenceChanged {
  static constexpr std::string_view kName = "presence.changed";
  static constexpr std::string_view kSummary =
      "A person came, went, or says something else about themselves. To those who watch.";
  UserId user;
  Presence state = Presence::offline;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(PresenceChanged, (), (user, state, text))

struct Typing {
  static constexpr std::string_view kName = "typing";
  static constexpr std::string_view kSummary = "A person types in a room; forget it after 5 s.";
  RoomId room;
  UserId user;
};
BOOST_DESCRIBE_STRUCT(Typing, (), (room, user))

struct SessionRevoked {
  static constexpr std::string_view kName = "session.revoked";
  static constexpr std::string_view kSummary = "This session is over; the connection closes with 4003.";
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(SessionRevoked, (), (reason))

struct ServerNotice {
  static constexpr std::string_view kName = "server.notice";
  static constexpr std::string_view kSummary =
      "A sentence for the person, for example that the server stops.";
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ServerNotice, (), (text))

}  // namespace wardroom::protocol
