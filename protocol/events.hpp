#pragma once

#include <string_view>

#include "protocol/methods/announcement.hpp"
#include "protocol/methods/moderation.hpp"

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
  std::optional<std::vector<File>> files = std::nullopt;
  std::optional<Seq> thread = std::nullopt;  // a reply in a thread: its root
};
BOOST_DESCRIBE_STRUCT(MessagePosted, (), (room, seq, at, author, client_id, text, reply_to, files, thread))

// Changes of a message take a number of the room like a posting; `message` names the posting they change.
struct MessageEdited {
  static constexpr std::string_view kName = "message.edited";
  static constexpr std::string_view kSummary = "A message has another text.";
  RoomId room;
  Seq seq;
  TimePoint at;
  Seq message;
  UserId by;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(MessageEdited, (), (room, seq, at, message, by, text))

struct MessageDeleted {
  static constexpr std::string_view kName = "message.deleted";
  static constexpr std::string_view kSummary = "A message is a tombstone now.";
  RoomId room;
  Seq seq;
  TimePoint at;
  Seq message;
  UserId by;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(MessageDeleted, (), (room, seq, at, message, by, reason))

struct MessageRestored {
  static constexpr std::string_view kName = "message.restored";
  static constexpr std::string_view kSummary = "A deleted message is back, whole.";
  RoomId room;
  Seq seq;
  TimePoint at;
  Message message;
  UserId by;
};
BOOST_DESCRIBE_STRUCT(MessageRestored, (), (room, seq, at, message, by))

struct MessageReacted {
  static constexpr std::string_view kName = "message.reacted";
  static constexpr std::string_view kSummary = "A person reacted to a message, or took it back.";
  RoomId room;
  Seq seq;
  TimePoint at;
  Seq message;
  UserId user;
  std::string emoji;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(MessageReacted, (), (room, seq, at, message, user, emoji, on))

struct MessagePinned {
  static constexpr std::string_view kName = "message.pinned";
  static constexpr std::string_view kSummary = "A message was pinned to its room, or its pin taken away.";
  RoomId room;
  Seq seq;
  TimePoint at;
  Seq message;
  UserId by;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(MessagePinned, (), (room, seq, at, message, by, on))

struct RoomCreated {
  static constexpr std::string_view kName = "room.created";
  static constexpr std::string_view kSummary = "The person is in a new room. Personal.";
  Room room;
};
BOOST_DESCRIBE_STRUCT(RoomCreated, (), (room))

struct RoomUpdated {
  static constexpr std::string_view kName = "room.updated";
  static constexpr std::string_view kSummary = "A room's name, topic, kind, lock or slow mode changed.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId by;
  std::string name;
  std::string topic;
  bool locked = false;
  std::int64_t slow_mode_s = 0;
  std::optional<RoomKind> kind;  // when it changed
  // When it became public: whether who joins from now on reads what was written before.
  std::optional<bool> open_history = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(RoomUpdated, (),
                      (room, seq, at, by, name, topic, locked, slow_mode_s, kind, open_history))

struct RoomArchived {
  static constexpr std::string_view kName = "room.archived";
  static constexpr std::string_view kSummary = "A room was archived, or opened again.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId by;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(RoomArchived, (), (room, seq, at, by, on))

struct RoomTrimmed {
  static constexpr std::string_view kName = "room.trimmed";
  static constexpr std::string_view kSummary =
      "Retention removed what was posted in a room before a time, except what a hold keeps. Clients drop it; "
      "what is left comes with the pages of history.";
  RoomId room;
  Seq seq;
  TimePoint at;
  TimePoint before;
};
BOOST_DESCRIBE_STRUCT(RoomTrimmed, (), (room, seq, at, before))

struct DirectChanged {
  static constexpr std::string_view kName = "direct.changed";
  static constexpr std::string_view kSummary =
      "A direct room was asked for, accepted by one more person, opened to chat, or ended.";
  RoomId room;
  Seq seq;
  TimePoint at;
  UserId by;
  DirectState state = DirectState::open;
  std::optional<UserId> requested_by;
};
BOOST_DESCRIBE_STRUCT(DirectChanged, (), (room, seq, at, by, state, requested_by))

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
  static constexpr std::string_view kSummary =
      "A member's display name, their role in the office or in the room, or their mute changed.";
  RoomId room;
  Seq seq;
  TimePoint at;
  User user;
  RoomRole role = RoomRole::member;
  bool muted = false;
};
BOOST_DESCRIBE_STRUCT(MemberChanged, (), (room, seq, at, user, role, muted))

struct ModerationApplied {
  static constexpr std::string_view kName = "moderation.applied";
  static constexpr std::string_view kSummary =
      "What a moderator did to the person, or that it is over. Personal; without a room it holds everywhere.";
  enum class Act { muted, unmuted, kicked, banned, unbanned };
  Act act = Act::muted;
  std::optional<RoomId> room;
  std::string room_name;
  UserId by;
  std::string reason;
  std::optional<TimePoint> until;
};
BOOST_DESCRIBE_ENUM(ModerationApplied::Act, muted, unmuted, kicked, banned, unbanned)
BOOST_DESCRIBE_STRUCT(ModerationApplied, (), (act, room, room_name, by, reason, until))

struct ReportFiled {
  static constexpr std::string_view kName = "report.filed";
  static constexpr std::string_view kSummary = "A report waits. To those who may resolve it. Personal.";
  ReportId report;
  RoomId room;
};
BOOST_DESCRIBE_STRUCT(ReportFiled, (), (report, room))

struct ReportResolved {
  static constexpr std::string_view kName = "report.resolved";
  static constexpr std::string_view kSummary = "A report of the person was resolved. Personal.";
  ReportId report;
  Resolution resolution = Resolution::other;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReportResolved, (), (report, resolution, reason))

struct AccountChanged {
  static constexpr std::string_view kName = "account.changed";
  static constexpr std::string_view kSummary =
      "The person's own role, or what they must do before they go on, changed. Personal.";
  User user;
  bool must_change_password = false;
  bool must_enrol_second_factor = false;
};
BOOST_DESCRIBE_STRUCT(AccountChanged, (), (user, must_change_password, must_enrol_second_factor))

struct MarkerMoved {
  static constexpr std::string_view kName = "marker.moved";
  static constexpr std::string_view kSummary =
      "The person read a room on one of their devices, or, with `back`, marked it as unread. Personal.";
  RoomId room;
  Marker marker;
  std::int64_t mentions = 0;
  std::optional<bool> back;
};
BOOST_DESCRIBE_STRUCT(MarkerMoved, (), (room, marker, mentions, back))

struct MentionCounted {
  static constexpr std::string_view kName = "mention.counted";
  static constexpr std::string_view kSummary = "A message names the person. Personal.";
  RoomId room;
  std::int64_t mentions = 0;
};
BOOST_DESCRIBE_STRUCT(MentionCounted, (), (room, mentions))

struct ThreadChanged {
  static constexpr std::string_view kName = "thread.changed";
  static constexpr std::string_view kSummary =
      "A thread has one more reply or one fewer; without `replies`, it has none any more. It comes right "
      "after "
      "the event that did it. Not numbered: who misses it finds the root among message.changes.";
  RoomId room;
  Seq root;
  Seq changed;  // the number of that event, and so of the root's last change
  std::optional<Replies> replies;
};
BOOST_DESCRIBE_STRUCT(ThreadChanged, (), (room, root, changed, replies))

struct ThreadFollowed {
  static constexpr std::string_view kName = "thread.followed";
  static constexpr std::string_view kSummary =
      "How the person stands to a thread: they follow it or no longer, they read it on one of their devices, "
      "or "
      "it has more unread replies or fewer. Personal; after a reconnect, thread.list tells all of it.";
  RoomId room;
  Seq root;
  Following following;
};
BOOST_DESCRIBE_STRUCT(ThreadFollowed, (), (room, root, following))

struct SavedChanged {
  static constexpr std::string_view kName = "saved.changed";
  static constexpr std::string_view kSummary =
      "The person saved a message on one of their devices, or let go of it. Personal.";
  RoomId room;
  Seq seq;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(SavedChanged, (), (room, seq, on))

struct DraftChanged {
  static constexpr std::string_view kName = "draft.changed";
  static constexpr std::string_view kSummary =
      "The person wrote at a draft on one of their devices; an empty text: there is none any more. Personal.";
  Draft draft;
  std::optional<std::string> origin;  // as the device gave it
};
BOOST_DESCRIBE_STRUCT(DraftChanged, (), (draft, origin))

struct SidebarChanged {
  static constexpr std::string_view kName = "sidebar.changed";
  static constexpr std::string_view kSummary =
      "The person arranged their side bar on one of their devices. Personal.";
  Sidebar sidebar;
};
BOOST_DESCRIBE_STRUCT(SidebarChanged, (), (sidebar))

struct PresenceChanged {
  static constexpr std::string_view kName = "presence.changed";
  static constexpr std::string_view kSummary =
      "A person came, went, or says something else about themselves. To those who watch.";
  UserId user;
  Presence state = Presence::offline;
  std::optional<std::string> text;
  std::optional<TimePoint> until = std::nullopt;  // when the text ends by itself
};
BOOST_DESCRIBE_STRUCT(PresenceChanged, (), (user, state, text, until))

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

struct AnnouncementChanged {
  static constexpr std::string_view kName = "announcement.changed";
  static constexpr std::string_view kSummary =
      "The office has something to say to everybody; without an announcement, none stands any more.";
  std::optional<Announcement> announcement;
};
BOOST_DESCRIBE_STRUCT(AnnouncementChanged, (), (announcement))

struct AnnouncementAcknowledged {
  static constexpr std::string_view kName = "announcement.acknowledged";
  static constexpr std::string_view kSummary =
      "The person acknowledged an announcement on one of their devices. Personal.";
  AuditIndex announcement;
};
BOOST_DESCRIBE_STRUCT(AnnouncementAcknowledged, (), (announcement))

struct AuditCheckpointSigned {
  static constexpr std::string_view kName = "audit.checkpoint";
  static constexpr std::string_view kSummary =
      "The log has grown and its new head is signed; at most once a second. To those who read the audit log.";
  std::string note;
  std::int64_t size = 0;
  TimePoint at;
};
BOOST_DESCRIBE_STRUCT(AuditCheckpointSigned, (), (note, size, at))

}  // namespace wardroom::protocol
