#pragma once

#include "protocol/methods/session.hpp"

// The threads that a person follows: whose root they wrote, in which they replied or were named, or which
// they chose. What is in a thread: message.thread; a reply is posted by message.post.
namespace wardroom::protocol {

struct ThreadList {
  static constexpr std::string_view kName = "thread.list";
  static constexpr std::string_view kSummary =
      "The threads that the caller follows in rooms that they are in, the one with the newest reply first.";
  struct Params {
    std::optional<bool> unread;         // only those with unread replies
    std::optional<Beyond> beyond;       // the page before: last_at, room and root of its last one
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when left out
  };
  struct Result {
    std::vector<MyThread> threads;
    bool more = false;
    std::vector<User> users;  // the authors, and who is named under the roots
    std::int64_t unread = 0;  // how many of all that they follow have unread replies
  };
};
BOOST_DESCRIBE_STRUCT(ThreadList::Params, (), (unread, beyond, limit))
BOOST_DESCRIBE_STRUCT(ThreadList::Result, (), (threads, more, users, unread))

struct ThreadFollow {
  static constexpr std::string_view kName = "thread.follow";
  static constexpr std::string_view kSummary =
      "Follows a thread, or follows it no longer. Who stopped follows it again by a reply of their own. Of "
      "more than 5,000 the one that was quiet longest is dropped.";
  struct Params {
    RoomId room;
    Seq root;
    bool on = true;
  };
  struct Result {
    Following following;
  };
};
BOOST_DESCRIBE_STRUCT(ThreadFollow::Params, (), (room, root, on))
BOOST_DESCRIBE_STRUCT(ThreadFollow::Result, (), (following))

struct ThreadMarkRead {
  static constexpr std::string_view kName = "thread.mark_read";
  static constexpr std::string_view kSummary =
      "Marks a thread that the caller follows as read up to `seq`. The marker goes back only with `back`, "
      "which "
      "marks as unread what comes after `seq`. The marker of the room stays where it is.";
  struct Params {
    RoomId room;
    Seq root;
    Seq seq;
    std::optional<bool> back;
  };
  struct Result {
    Following following;
  };
};
BOOST_DESCRIBE_STRUCT(ThreadMarkRead::Params, (), (room, root, seq, back))
BOOST_DESCRIBE_STRUCT(ThreadMarkRead::Result, (), (following))

}  // namespace wardroom::protocol
