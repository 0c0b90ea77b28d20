#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/thread.hpp"

// How many replies a thread has (messages.replies), and the table `thread_followers`. Counters are kept, not
// counted at each reading: a reply changes each by one.
namespace wardroom::store {

// What stands under a root that has `count` replies: whoever wrote the newest 50 of them. Nothing when there
// is no reply that isn't deleted.
std::optional<protocol::Replies> load_replies(sqlite::Connection& db, RoomId room, Seq root,
                                              std::int64_t count);

// Counts a reply more or fewer for the root, whose last change has the room's number `number` then. Nothing
// when the root isn't there any more, else what stands under it: nothing without replies.
struct Counted {
  std::optional<protocol::Replies> replies;
};
std::optional<Counted> count_reply(sqlite::Connection& db, RoomId room, Seq root, Seq number,
                                   std::int64_t more);

struct Thread {
  RoomId room;
  Seq root;
};

std::optional<protocol::Following> find_following(sqlite::Connection& db, const Thread& thread, UserId user);

// Makes them follow it from `read` on, unless they do or chose not to. Of more than protocol::kMaxFollowed
// the one that was quiet longest is dropped.
void begin_following(sqlite::Connection& db, const Thread& thread, UserId user, Seq read, TimePoint last_at);
// By choice.
void set_following(sqlite::Connection& db, const Thread& thread, UserId user, bool on, Seq read,
                   TimePoint last_at);
// Sets how far they have read, and counts what is unread.
void update_read(sqlite::Connection& db, const Thread& thread, UserId user, Seq read);

struct Follower {
  UserId user;
  protocol::Following following;
};
// A reply that its author posted: everybody who follows, each with what they have unread now.
std::vector<Follower> count_new_reply(sqlite::Connection& db, const Thread& thread, UserId author,
                                      TimePoint now);
// One that was deleted or came back: those for whom it counts.
std::vector<Follower> count_old_reply(sqlite::Connection& db, const Thread& thread, Seq reply, UserId author,
                                      std::int64_t more);

// With the membership, and with the root.
void forget_threads(sqlite::Connection& db, RoomId room, UserId user);
void forget_thread(sqlite::Connection& db, const Thread& thread);

// Those that the person follows in rooms that they are in, the one with the newest reply first.
std::vector<protocol::MyThread> load_my_threads(sqlite::Connection& db, UserId user, bool unread,
                                                const std::optional<protocol::Beyond>& beyond,
                                                std::int64_t limit);
std::int64_t count_unread_threads(sqlite::Connection& db, UserId user);

}  // namespace wardroom::store
