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
    std::string text;       // 1 byte to 16 KiB of UTF-8
    std::optional<Seq> reply_to;
  };
  struct Result {
    Seq seq;
    TimePoint at;
  };
  static constexpr std::string_view kErrors[] = {"not_a_member", "room_archived", "client_id_reused",
                                                 "rate_limited"};
};
BOOST_DESCRIBE_STRUCT(MessagePost::Params, (), (room, client_id, text, reply_to))
BOOST_DESCRIBE_STRUCT(MessagePost::Result, (), (seq, at))

struct MessageHistory {
  static constexpr std::string_view kName = "message.history";
  static constexpr std::string_view kSummary =
      "A page of a room's messages, ascending: the newest, or before, after or around a sequence number.";
  struct Params {
    RoomId room;
    std::optional<Seq> before;
    std::optional<Seq> after;
    std::optional<Seq> around;
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when left out
  };
  struct Result {
    std::vector<Message> messages;
    More more;
    std::vector<User> users;  // the authors
    Seq seq;                  // the room was here when this was read
  };
};
BOOST_DESCRIBE_STRUCT(MessageHistory::Params, (), (room, before, after, around, limit))
BOOST_DESCRIBE_STRUCT(MessageHistory::Result, (), (messages, more, users, seq))

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
  };
};
BOOST_DESCRIBE_STRUCT(MessageChanges::Params, (), (room, since, limit))
BOOST_DESCRIBE_STRUCT(MessageChanges::Result, (), (messages, seq, more, users))

}  // namespace wardroom::protocol
