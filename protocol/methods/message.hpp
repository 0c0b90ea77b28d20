#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct MessagePost {
  static constexpr std::string_view kName = "message.post";
  static constexpr std::string_view kSummary =
      "Posts a message. The answer comes when it is on disk. The same client_id again returns the first "
      "answer.";
  struct Params {
    RoomId room;
    std::string client_id;  // a UUIDv7 made by the client, unique per author for good
    std::string text;       // 1 byte to 16 KiB of UTF-8; with files it may be empty
    std::optional<Seq> reply_to;
    std::optional<std::vector<std::string>> files;  // ids of the caller's uploads for this room, 10 at most
    // The root of a thread: the message is a reply in it. A message that stands in a thread isn't a root.
    std::optional<Seq> thread = std::nullopt;
  };
  struct Result {
    Seq seq;
    TimePoint at;
  };
  static constexpr std::string_view kErrors[] = {
      "not_a_member", "room_archived",    "room_locked",  "muted",       "slow_mode",        "not_accepted",
      "direct_ended", "client_id_reused", "rate_limited", "file_posted", "upload_incomplete"};
};
BOOST_DESCRIBE_STRUCT(MessagePost::Params, (), (room, client_id, text, reply_to, files, thread))
BOOST_DESCRIBE_STRUCT(MessagePost::Result, (), (seq, at))

struct MessageHistory {
  static constexpr std::string_view kName = "message.history";
  static constexpr std::string_view kSummary =
      "A page of a room's messages, ascending: the newest, or before, after or around a sequence number, or "
      "around the first message of a time on.";
  struct Params {
    RoomId room;
    std::optional<Seq> before;
    std::optional<Seq> after;
    std::optional<Seq> around;
    std::optional<std::int64_t> limit;           // 1 to 200, 50 when left out
    std::optional<TimePoint> at = std::nullopt;  // around the first message that was posted then or later
  };
  struct Result {
    std::vector<Message> messages;
    More more;
    std::vector<User> users;                  // the authors
    Seq seq;                                  // the room was here when this was read
    std::optional<Seq> first = std::nullopt;  // with `at`: that message, when there is one
  };
};
BOOST_DESCRIBE_STRUCT(MessageHistory::Params, (), (room, before, after, around, limit, at))
BOOST_DESCRIBE_STRUCT(MessageHistory::Result, (), (messages, more, users, seq, first))

struct MessageChanges {
  static constexpr std::string_view kName = "message.changes";
  static constexpr std::string_view kSummary =
      "What was posted or changed in a room after `since`, by the sequence number of the change.";
  struct Params {
    RoomId room;
    Seq since;
    std::optional<std::int64_t> limit;
  };
  struct Result {
    std::vector<Message> messages;
    Seq seq;  // ask again from here; equal to the room's seq when `more` is false
    bool more = false;
    std::vector<User> users;
    // Retention removed what was posted before this time, at a number after `since` (event room.trimmed).
    std::optional<TimePoint> trimmed = std::nullopt;
  };
};
BOOST_DESCRIBE_STRUCT(MessageChanges::Params, (), (room, since, limit))
BOOST_DESCRIBE_STRUCT(MessageChanges::Result, (), (messages, seq, more, users, trimmed))

// What the change of a message answers: the number of its event in the room.
struct MessageChanged {
  Seq seq;
  TimePoint at;
};
BOOST_DESCRIBE_STRUCT(MessageChanged, (), (seq, at))

struct MessageEdit {
  static constexpr std::string_view kName = "message.edit";
  static constexpr std::string_view kSummary =
      "Changes the text of one's own message. Earlier texts are kept: see message.versions. The same text "
      "again changes nothing.";
  struct Params {
    RoomId room;
    Seq seq;
    std::string text;
  };
  using Result = MessageChanged;
  static constexpr std::string_view kErrors[] = {"not_author", "deleted", "room_locked", "room_archived",
                                                 "muted"};
};
BOOST_DESCRIBE_STRUCT(MessageEdit::Params, (), (room, seq, text))

struct MessageDelete {
  static constexpr std::string_view kName = "message.delete";
  static constexpr std::string_view kSummary =
      "Takes a message away and leaves a tombstone: one's own, or anybody's with a reason as a moderator.";
  struct Params {
    RoomId room;
    Seq seq;
    std::optional<std::string> reason;  // needed for somebody else's message
  };
  using Result = MessageChanged;
  static constexpr std::string_view kErrors[] = {"not_author", "outranked"};
};
BOOST_DESCRIBE_STRUCT(MessageDelete::Params, (), (room, seq, reason))

struct MessageRestore {
  static constexpr std::string_view kName = "message.restore";
  static constexpr std::string_view kSummary =
      "Brings a deleted message back: the author what they deleted themselves, a moderator what a moderator "
      "deleted.";
  struct Params {
    RoomId room;
    Seq seq;
    std::optional<std::string> reason;  // needed for somebody else's message
  };
  using Result = MessageChanged;
  static constexpr std::string_view kErrors[] = {"not_deleted", "not_author", "outranked"};
};
BOOST_DESCRIBE_STRUCT(MessageRestore::Params, (), (room, seq, reason))

struct MessageReact {
  static constexpr std::string_view kName = "message.react";
  static constexpr std::string_view kSummary =
      "Adds the caller's reaction to a message, or takes it back. Twice the same is no error.";
  struct Params {
    RoomId room;
    Seq seq;
    std::string emoji;  // one emoji, or a short word, at most 64 bytes
    bool on = true;
  };
  using Result = MessageChanged;
  static constexpr std::string_view kErrors[] = {"deleted", "too_many_reactions", "room_archived",
                                                 "room_locked", "muted"};
};
BOOST_DESCRIBE_STRUCT(MessageReact::Params, (), (room, seq, emoji, on))

struct MessagePin {
  static constexpr std::string_view kName = "message.pin";
  static constexpr std::string_view kSummary =
      "Pins a message to its room, or takes the pin away. In direct rooms everybody may.";
  struct Params {
    RoomId room;
    Seq seq;
    bool on = true;
  };
  using Result = MessageChanged;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "deleted", "too_many_pins"};
};
BOOST_DESCRIBE_STRUCT(MessagePin::Params, (), (room, seq, on))

struct MessagePins {
  static constexpr std::string_view kName = "message.pins";
  static constexpr std::string_view kSummary = "A room's pinned messages, newest pin first.";
  struct Params {
    RoomId room;
  };
  struct Result {
    std::vector<Message> messages;
    std::vector<User> users;
  };
};
BOOST_DESCRIBE_STRUCT(MessagePins::Params, (), (room))
BOOST_DESCRIBE_STRUCT(MessagePins::Result, (), (messages, users))

struct MessageVersions {
  static constexpr std::string_view kName = "message.versions";
  static constexpr std::string_view kSummary =
      "Every text that a message had, oldest first: for its author and for moderators.";
  struct Params {
    RoomId room;
    Seq seq;
  };
  struct Result {
    std::vector<MessageVersion> versions;
    std::vector<User> users;
  };
  static constexpr std::string_view kErrors[] = {"not_author"};
};
BOOST_DESCRIBE_STRUCT(MessageVersions::Params, (), (room, seq))
BOOST_DESCRIBE_STRUCT(MessageVersions::Result, (), (versions, users))

struct MessageThread {
  static constexpr std::string_view kName = "message.thread";
  static constexpr std::string_view kSummary =
      "A thread: the message that it began with, and a page of its replies, ascending: the newest, or before "
      "or "
      "after a sequence number. The root is left out when it isn't there any more.";
  struct Params {
    RoomId room;
    Seq root;
    std::optional<Seq> before;
    std::optional<Seq> after;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when left out
  };
  struct Result {
    std::optional<Message> root;
    std::vector<Message> messages;
    More more;
    std::vector<User> users;  // the authors, and who is named under the root
    Seq seq;                  // the room was here when this was read
    Following following;      // how the caller stands to it
  };
};
BOOST_DESCRIBE_STRUCT(MessageThread::Params, (), (room, root, before, after, limit))
BOOST_DESCRIBE_STRUCT(MessageThread::Result, (), (root, messages, more, users, seq, following))

struct MessageSeenBy {
  static constexpr std::string_view kName = "message.seen_by";
  static constexpr std::string_view kSummary =
      "Which members have read a message, by display name, without its author: in rooms of 30 people at "
      "most, "
      "if the office wants it (feature seen_by).";
  struct Params {
    RoomId room;
    Seq seq;
  };
  struct Result {
    std::vector<User> users;
  };
  static constexpr std::string_view kErrors[] = {"seen_by_off", "room_too_large"};
};
BOOST_DESCRIBE_STRUCT(MessageSeenBy::Params, (), (room, seq))
BOOST_DESCRIBE_STRUCT(MessageSeenBy::Result, (), (users))

}  // namespace wardroom::protocol
