#include "server/store/messages.hpp"

#include <algorithm>

#include "common/base/random.hpp"
#include "protocol/commitment.hpp"
#include "server/store/files.hpp"
#include "server/store/reactions.hpp"
#include "server/store/rooms.hpp"
#include "server/store/threads.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {
namespace {

using protocol::Message;

constexpr sqlite::SqlPiece kSelectMessage =
    "SELECT seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
    " delete_reason, pinned, files <> '', thread, replies";

Message read_message(const sqlite::Cursor& row) {
  Message message;
  message.seq = row.get<Seq>(0);
  message.at = row.get<TimePoint>(1);
  message.author = row.get<UserId>(2);
  message.text = row.get<std::string>(3);
  message.client_id = to_string(protocol::to_client_id(row.get<Bytes>(4)));
  message.reply_to = row.get<std::optional<Seq>>(5);
  message.changed = row.get<std::optional<Seq>>(6);
  message.edited_at = row.get<std::optional<TimePoint>>(7);
  if (row.get<bool>(8)) {
    message.deleted = true;
    message.deleted_by = row.get<std::optional<UserId>>(9);
    message.delete_reason = row.get<std::optional<std::string>>(10);
  }
  if (row.get<std::optional<Seq>>(11)) message.pinned = true;
  if (row.get<bool>(12) && !message.deleted) message.files.emplace();
  message.thread = row.get<std::optional<Seq>>(13);
  if (const auto replies = row.get<std::int64_t>(14); replies > 0) message.replies = {.count = replies};
  return message;
}

// A tombstone shows no files and no reactions; they are there again when the message is restored.
std::vector<Message> read_messages(sqlite::Connection& db, RoomId room, sqlite::Cursor row) {
  std::vector<Message> messages;
  while (row.step()) messages.push_back(read_message(row));
  for (auto& message : messages) {
    if (message.files) message.files = load_files(db, room, message.seq);
    if (message.replies) message.replies = load_replies(db, room, message.seq, message.replies->count);
    if (!message.changed || message.deleted) continue;
    if (auto reactions = load_reactions(db, room, message.seq); !reactions.empty())
      message.reactions = std::move(reactions);
  }
  return messages;
}

// Takes the surplus row that was read to see whether there is more.
bool trim(std::vector<Message>& messages, std::int64_t limit) {
  if (static_cast<std::int64_t>(messages.size()) <= limit) return false;
  messages.resize(static_cast<std::size_t>(limit));
  return true;
}

bool has_before(sqlite::Connection& db, const Shown& shown, Seq seq) {
  return db
      .find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq < ? AND seq > ? LIMIT 1",
                          shown.room, seq, shown.after)
      .has_value();
}
bool has_after(sqlite::Connection& db, const Shown& shown, Seq seq) {
  return db
      .find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq > ? LIMIT 1", shown.room,
                          std::max(seq, shown.after))
      .has_value();
}

}  // namespace

StoredMessage insert_message(sqlite::Connection& db, const NewMessage& m) {
  Seq seq;
  std::int64_t count = 0;
  {
    // Not RETURNING: decision record 0062.
    auto row = db.query("SELECT seq + 1, count + 1 FROM rooms WHERE id = ?", m.room);
    if (row.step()) {
      seq = row.get<Seq>(0);
      count = row.get<std::int64_t>(1);
    }
  }
  db.run("UPDATE rooms SET seq = ?2, count = ?3, last_at = ?4 WHERE id = ?1", m.room, seq, count, m.at);
  const auto salt = random_bytes<16>();
  const auto form = m.thread ? protocol::MessageForm::v3 : protocol::MessageForm::v2;
  db.run(
      "INSERT INTO messages (room_id, seq, author_id, client_id, at, count, text, salt, reply_to, form, "
      "files, thread) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
      m.room, seq, m.author, m.client_id.bytes, m.at, count, m.text, salt, m.reply_to,
      static_cast<std::int64_t>(form), m.files, m.thread);
  return {seq, m.at,
          commit_to(salt, protocol::PostedState{m.room, seq, m.author, m.at, m.text, form, m.reply_to,
                                                m.client_id, m.files, m.thread})};
}

std::optional<KnownMessage> find_by_client_id(sqlite::Connection& db, UserId author, const Uuid& client_id) {
  std::optional<KnownMessage> known;
  {
    auto row = db.query(
        "SELECT room_id, seq, at, text, version, erased, files FROM messages"
        " WHERE author_id = ? AND client_id = ?",
        author, client_id.bytes);
    if (!row.step()) return std::nullopt;
    known = {row.get<RoomId>(0),      row.get<Seq>(1),  row.get<TimePoint>(2),
             row.get<std::string>(3), row.get<bool>(5), row.get<std::string>(6)};
    if (row.get<std::int64_t>(4) == 1) return known;
  }
  known->text =
      db.find<std::string>("SELECT text FROM message_versions WHERE room_id = ? AND seq = ? AND version = 1",
                           known->room, known->seq)
          .value_or("");
  return known;
}

bool has_message(sqlite::Connection& db, const Shown& shown, Seq seq) {
  return seq > shown.after &&
         db.find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq = ?", shown.room, seq)
             .has_value();
}

std::optional<MessageRow> find_message(sqlite::Connection& db, RoomId room, Seq seq) {
  auto row = db.query(
      "SELECT author_id, text, version, deleted, deleted_by, pinned, erased, thread FROM messages WHERE "
      "room_id = ?"
      " AND seq = ?",
      room, seq);
  if (!row.step()) return std::nullopt;
  return MessageRow{seq,
                    row.get<UserId>(0),
                    row.get<std::string>(1),
                    row.get<std::int64_t>(2),
                    row.get<bool>(3),
                    row.get<std::optional<UserId>>(4),
                    row.get<std::optional<Seq>>(5).has_value(),
                    row.get<bool>(6),
                    row.get<std::optional<Seq>>(7)};
}

std::optional<Message> load_message(sqlite::Connection& db, RoomId room, Seq seq) {
  static constexpr auto kBySeq = kSelectMessage + " FROM messages WHERE room_id = ? AND seq = ?";
  auto found = read_messages(db, room, db.query(kBySeq, room, seq));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Seq take_change(sqlite::Connection& db, RoomId room, Seq message) {
  const Seq number = take_seq(db, room);
  db.run("UPDATE messages SET changed = ? WHERE room_id = ? AND seq = ?", number, room, message);
  return number;
}

std::optional<TimePoint> find_last_post(sqlite::Connection& db, RoomId room, UserId author) {
  // No index has the author: it would cost every posting in every room. Slow rooms are short instead.
  return db.find<TimePoint>(
      "SELECT at FROM messages WHERE room_id = ?1 AND seq > (SELECT seq - 5000 FROM rooms WHERE id = ?1)"
      " AND author_id = ?2 ORDER BY seq DESC LIMIT 1",
      room, author);
}

Seq update_pin(sqlite::Connection& db, RoomId room, Seq message, bool on) {
  const Seq number = take_change(db, room, message);
  db.run("UPDATE messages SET pinned = ? WHERE room_id = ? AND seq = ?",
         on ? std::optional(number) : std::nullopt, room, message);
  return number;
}

std::int64_t count_pins(sqlite::Connection& db, RoomId room) {
  return db.find<std::int64_t>("SELECT count(*) FROM messages WHERE room_id = ? AND pinned IS NOT NULL", room)
      .value_or(0);
}

std::vector<Message> load_pinned(sqlite::Connection& db, const Shown& shown) {
  static constexpr auto kPinned =
      kSelectMessage +
      " FROM messages WHERE room_id = ? AND pinned IS NOT NULL AND seq > ? ORDER BY pinned DESC";
  return read_messages(db, shown.room, db.query(kPinned, shown.room, shown.after));
}

Page load_before(sqlite::Connection& db, const Shown& shown, Seq before, std::int64_t limit) {
  static constexpr auto kBefore =
      kSelectMessage + " FROM messages WHERE room_id = ? AND seq < ? AND seq > ? ORDER BY seq DESC LIMIT ?";
  Page page;
  page.messages =
      read_messages(db, shown.room, db.query(kBefore, shown.room, before, shown.after, limit + 1));
  page.more.before = trim(page.messages, limit);
  std::reverse(page.messages.begin(), page.messages.end());
  page.more.after =
      has_after(db, shown, page.messages.empty() ? Seq{before.value - 1} : page.messages.back().seq);
  return page;
}

Page load_newest(sqlite::Connection& db, const Shown& shown, std::int64_t limit) {
  return load_before(db, shown, Seq{INT64_MAX}, limit);
}

Page load_after(sqlite::Connection& db, const Shown& shown, Seq after, std::int64_t limit) {
  static constexpr auto kAfter =
      kSelectMessage + " FROM messages WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?";
  Page page;
  page.messages =
      read_messages(db, shown.room, db.query(kAfter, shown.room, std::max(after, shown.after), limit + 1));
  page.more.after = trim(page.messages, limit);
  page.more.before = has_before(db, shown, page.messages.empty() ? next(after) : page.messages.front().seq);
  return page;
}

Page load_around(sqlite::Connection& db, const Shown& shown, Seq around, std::int64_t limit) {
  Page page = load_before(db, shown, around, limit / 2);
  Page rest = load_after(db, shown, Seq{around.value - 1}, limit - limit / 2);
  page.messages.insert(page.messages.end(), std::make_move_iterator(rest.messages.begin()),
                       std::make_move_iterator(rest.messages.end()));
  page.more.after = rest.more.after;
  return page;
}

Page load_thread(sqlite::Connection& db, const Shown& shown, Seq root, std::optional<Seq> before,
                 std::optional<Seq> after, std::int64_t limit) {
  static constexpr auto kReplies =
      kSelectMessage + " FROM messages WHERE room_id = ? AND thread = ? AND seq > ?";
  static constexpr auto kDown = kReplies + " AND seq < ? ORDER BY seq DESC LIMIT ?";
  static constexpr auto kUp = kReplies + " ORDER BY seq LIMIT ?";
  static constexpr sqlite::SqlPiece kAbove =
      "SELECT 1 FROM messages WHERE room_id = ? AND thread = ? AND seq > ? LIMIT 1";
  static constexpr sqlite::SqlPiece kBelow =
      "SELECT 1 FROM messages WHERE room_id = ? AND thread = ? AND seq > ? AND seq < ? LIMIT 1";
  Page page;
  const auto& [room, least] = shown;
  if (after) {
    const Seq from = std::max(*after, least);
    page.messages = read_messages(db, room, db.query(kUp, room, root, from, limit + 1));
    page.more.after = trim(page.messages, limit);
    page.more.before = db.find<std::int64_t>(kBelow, room, root, least, next(from)).has_value();
    return page;
  }
  const Seq end = before.value_or(Seq{INT64_MAX});
  page.messages = read_messages(db, room, db.query(kDown, room, root, least, end, limit + 1));
  page.more.before = trim(page.messages, limit);
  std::reverse(page.messages.begin(), page.messages.end());
  const Seq last = page.messages.empty() ? Seq{end.value - 1} : page.messages.back().seq;
  page.more.after = db.find<std::int64_t>(kAbove, room, root, std::max(last, least)).has_value();
  return page;
}

std::optional<Seq> find_at(sqlite::Connection& db, const Shown& shown, TimePoint at) {
  // Below `low` everything is earlier, as far as was looked at; the answer is `found` or nothing.
  std::optional<Seq> found;
  std::int64_t low = shown.after.value + 1;
  std::int64_t high = db.find<std::int64_t>("SELECT seq FROM rooms WHERE id = ?", shown.room).value_or(0) + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    auto row = db.query(
        "SELECT seq, at FROM messages WHERE room_id = ? AND seq >= ? AND seq < ? ORDER BY seq LIMIT 1",
        shown.room, Seq{middle}, Seq{high});
    if (!row.step()) {
      high = middle;
    } else if (row.get<TimePoint>(1) >= at) {
      found = row.get<Seq>(0);
      high = middle;
    } else {
      low = row.get<Seq>(0).value + 1;
    }
  }
  return found;
}

std::vector<Message> load_changes(sqlite::Connection& db, const Shown& shown, Seq since, std::int64_t limit) {
  static constexpr auto kSince =
      kSelectMessage + ", seq AS number FROM messages WHERE room_id = ?1 AND seq > ?2 AND changed IS NULL" +
      " UNION ALL " + kSelectMessage +
      ", changed FROM messages WHERE room_id = ?1 AND changed > ?3 AND seq > ?4 ORDER BY number, seq LIMIT "
      "?5";
  return read_messages(db, shown.room,
                       db.query(kSince, shown.room, std::max(since, shown.after), since, shown.after, limit));
}

std::vector<protocol::User> load_authors(sqlite::Connection& db, const std::vector<Message>& messages) {
  std::vector<UserId> ids;
  for (const auto& message : messages) {
    ids.push_back(message.author);
    if (message.deleted_by) ids.push_back(*message.deleted_by);
    if (message.replies)
      ids.insert(ids.end(), message.replies->repliers.begin(), message.replies->repliers.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return load_users(db, ids);
}

}  // namespace wardroom::store
