#include "server/store/threads.hpp"

#include <algorithm>

#include "protocol/limits.hpp"
#include "server/store/messages.hpp"

namespace wardroom::store {
namespace {

using protocol::Following;

// Takes the row that was quiet longest when there is no place for another one.
void make_place(sqlite::Connection& db, UserId user) {
  const auto kept =
      db.find<std::int64_t>("SELECT count(*) FROM thread_followers WHERE user_id = ?", user).value_or(0);
  if (kept < static_cast<std::int64_t>(protocol::kMaxFollowed)) return;
  db.run(
      "DELETE FROM thread_followers WHERE (room_id, root, user_id) IN (SELECT room_id, root, user_id FROM"
      " thread_followers WHERE user_id = ? ORDER BY last_at LIMIT 1)",
      user);
}

bool has_row(sqlite::Connection& db, const Thread& t, UserId user) {
  return db
      .find<std::int64_t>("SELECT 1 FROM thread_followers WHERE room_id = ? AND root = ? AND user_id = ?",
                          t.room, t.root, user)
      .has_value();
}

void insert(sqlite::Connection& db, const Thread& t, UserId user, bool on, Seq read, TimePoint last_at) {
  make_place(db, user);
  db.run(
      "INSERT INTO thread_followers (room_id, root, user_id, follows, read_seq, last_at) VALUES "
      "(?,?,?,?,?,?)",
      t.room, t.root, user, on, read, last_at);
}

std::vector<Follower> read_followers(sqlite::Cursor row) {
  std::vector<Follower> followers;
  while (row.step())
    followers.push_back({row.get<UserId>(0), {true, row.get<Seq>(1), row.get<std::int64_t>(2)}});
  // The order in which an UPDATE returns its rows isn't defined.
  std::ranges::sort(followers, {}, &Follower::user);
  return followers;
}

}  // namespace

std::optional<protocol::Replies> load_replies(sqlite::Connection& db, RoomId room, Seq root,
                                              std::int64_t count) {
  std::optional<protocol::Replies> replies;
  auto row = db.query(
      "SELECT seq, at, author_id FROM messages WHERE room_id = ? AND thread = ? AND deleted = 0"
      " ORDER BY seq DESC LIMIT 50",
      room, root);
  while (row.step()) {
    if (!replies) replies = {count, row.get<Seq>(0), row.get<TimePoint>(1), {}};
    const UserId author = row.get<UserId>(2);
    if (std::ranges::find(replies->repliers, author) != replies->repliers.end()) continue;
    replies->repliers.push_back(author);
    if (replies->repliers.size() == protocol::kMaxRepliers) break;
  }
  return replies;
}

std::optional<Counted> count_reply(sqlite::Connection& db, RoomId room, Seq root, Seq number,
                                   std::int64_t more) {
  const auto count = db.find<std::int64_t>(
      "UPDATE messages SET replies = max(0, replies + ?4), changed = ?3 WHERE room_id = ?1 AND seq = ?2"
      " RETURNING replies",
      room, root, number, more);
  if (!count) return std::nullopt;
  return Counted{*count > 0 ? load_replies(db, room, root, *count) : std::nullopt};
}

std::optional<Following> find_following(sqlite::Connection& db, const Thread& t, UserId user) {
  auto row = db.query(
      "SELECT follows, read_seq, unread FROM thread_followers WHERE room_id = ? AND root = ? AND user_id = ?",
      t.room, t.root, user);
  if (!row.step()) return std::nullopt;
  return Following{row.get<bool>(0), row.get<Seq>(1), row.get<std::int64_t>(2)};
}

void begin_following(sqlite::Connection& db, const Thread& t, UserId user, Seq read, TimePoint last_at) {
  if (!has_row(db, t, user)) insert(db, t, user, true, read, last_at);
}

void set_following(sqlite::Connection& db, const Thread& t, UserId user, bool on, Seq read,
                   TimePoint last_at) {
  if (!has_row(db, t, user)) return insert(db, t, user, on, read, last_at);
  db.run(
      "UPDATE thread_followers SET follows = ?4, unread = 0, read_seq = max(read_seq, ?5)"
      " WHERE room_id = ?1 AND root = ?2 AND user_id = ?3 AND follows <> ?4",
      t.room, t.root, user, on, read);
}

void update_read(sqlite::Connection& db, const Thread& t, UserId user, Seq read) {
  db.run(
      "UPDATE thread_followers SET read_seq = ?4, unread = (SELECT count(*) FROM messages m"
      "  WHERE m.room_id = ?1 AND m.thread = ?2 AND m.seq > ?4 AND m.deleted = 0 AND m.author_id <> ?3)"
      " WHERE room_id = ?1 AND root = ?2 AND user_id = ?3 AND follows = 1",
      t.room, t.root, user, read);
}

std::vector<Follower> count_new_reply(sqlite::Connection& db, const Thread& t, UserId author, TimePoint now) {
  return read_followers(
      db.query("UPDATE thread_followers SET unread = unread + (user_id <> ?3), last_at = ?4"
               " WHERE room_id = ?1 AND root = ?2 AND follows = 1 RETURNING user_id, read_seq, unread",
               t.room, t.root, author, now));
}

std::vector<Follower> count_old_reply(sqlite::Connection& db, const Thread& t, Seq reply, UserId author,
                                      std::int64_t more) {
  return read_followers(
      db.query("UPDATE thread_followers SET unread = max(0, unread + ?5) WHERE room_id = ?1 AND root = ?2"
               " AND follows = 1 AND user_id <> ?4 AND read_seq < ?3 RETURNING user_id, read_seq, unread",
               t.room, t.root, reply, author, more));
}

void forget_threads(sqlite::Connection& db, RoomId room, UserId user) {
  // By the person, for whom there is an index.
  db.run("DELETE FROM thread_followers WHERE user_id = ? AND room_id = ?", user, room);
}

void forget_thread(sqlite::Connection& db, const Thread& t) {
  db.run("DELETE FROM thread_followers WHERE room_id = ? AND root = ?", t.room, t.root);
}

std::vector<protocol::MyThread> load_my_threads(sqlite::Connection& db, UserId user, bool unread,
                                                const std::optional<protocol::Beyond>& beyond,
                                                std::int64_t limit) {
  std::vector<protocol::MyThread> threads;
  std::vector<bool> shown;
  {
    const auto last = beyond.value_or(protocol::Beyond{TimePoint::max(), RoomId{INT64_MAX}, Seq{INT64_MAX}});
    auto row = db.query(
        "SELECT f.room_id, f.root, f.read_seq, f.unread, f.last_at, f.root > m.shown_after"
        " FROM thread_followers f JOIN members m ON m.room_id = f.room_id AND m.user_id = f.user_id"
        " WHERE f.user_id = ?1 AND f.follows = 1 AND (?2 = 0 OR f.unread > 0) AND f.last_at <= ?3"
        " AND (f.last_at, f.room_id, f.root) < (?3, ?4, ?5)"
        " ORDER BY f.last_at DESC, f.room_id DESC, f.root DESC LIMIT ?6",
        user, unread, last.at, last.room, last.seq, limit);
    while (row.step()) {
      threads.push_back({row.get<RoomId>(0),
                         row.get<Seq>(1),
                         {},
                         {true, row.get<Seq>(2), row.get<std::int64_t>(3)},
                         row.get<TimePoint>(4)});
      shown.push_back(row.get<bool>(5));
    }
  }
  for (std::size_t i = 0; i < threads.size(); ++i)
    if (shown[i]) threads[i].message = load_message(db, threads[i].room, threads[i].root);
  return threads;
}

std::int64_t count_unread_threads(sqlite::Connection& db, UserId user) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM thread_followers f JOIN members m ON m.room_id = f.room_id AND"
          " m.user_id = f.user_id WHERE f.user_id = ? AND f.follows = 1 AND f.unread > 0",
          user)
      .value_or(0);
}

}  // namespace wardroom::store
