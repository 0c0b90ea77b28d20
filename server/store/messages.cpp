#include "server/store/messages.hpp"

#include <algorithm>

#include "common/base/random.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {
namespace {

using protocol::Message;

std::string to_uuid_text(const Bytes& bytes) {
  Uuid uuid;
  if (bytes.size() == uuid.bytes.size()) std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
  return to_string(uuid);
}

// Columns, from 0: seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted.
Message read_message(const sqlite::Cursor& row) {
  Message message;
  message.seq = row.get<Seq>(0);
  message.at = row.get<TimePoint>(1);
  message.author = row.get<UserId>(2);
  message.text = row.get<std::string>(3);
  message.client_id = to_uuid_text(row.get<Bytes>(4));
  message.reply_to = row.get<std::optional<Seq>>(5);
  message.changed = row.get<std::optional<Seq>>(6);
  message.edited_at = row.get<std::optional<TimePoint>>(7);
  if (row.get<bool>(8)) message.deleted = true;
  return message;
}

std::vector<Message> read_messages(sqlite::Cursor row) {
  std::vector<Message> messages;
  while (row.step()) messages.push_back(read_message(row));
  return messages;
}

// What a message's commitment covers: room, seq, author, time and text, each number as decimal text,
// newline-separated, the text last, so that a shell can rebuild it.
std::string canonical_bytes(const NewMessage& m, Seq seq) {
  std::string bytes = "wardroom message v1\n";
  for (const std::int64_t number : {m.room.value, seq.value, m.author.value, to_unix_ms(m.at)}) {
    bytes += std::to_string(number);
    bytes.push_back('\n');
  }
  bytes += m.text;
  return bytes;
}

// Takes the surplus row that was read to see whether there is more.
bool trim(std::vector<Message>& messages, std::int64_t limit) {
  if (static_cast<std::int64_t>(messages.size()) <= limit) return false;
  messages.resize(static_cast<std::size_t>(limit));
  return true;
}

bool has_before(sqlite::Connection& db, RoomId room, Seq seq) {
  return db.find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq < ? LIMIT 1", room, seq)
      .has_value();
}
bool has_after(sqlite::Connection& db, RoomId room, Seq seq) {
  return db.find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq > ? LIMIT 1", room, seq)
      .has_value();
}

}  // namespace

StoredMessage insert_message(sqlite::Connection& db, const NewMessage& m) {
  Seq seq;
  std::int64_t count = 0;
  {
    auto row = db.query(
        "UPDATE rooms SET seq = seq + 1, count = count + 1, last_at = ?2 WHERE id = ?1 RETURNING seq, count",
        m.room, m.at);
    if (row.step()) {
      seq = row.get<Seq>(0);
      count = row.get<std::int64_t>(1);
    }
  }
  const auto salt = random_bytes<16>();
  db.run(
      "INSERT INTO messages (room_id, seq, author_id, client_id, at, count, text, salt, reply_to) VALUES "
      "(?,?,?,?,?,?,?,?,?)",
      m.room, seq, m.author, m.client_id.bytes, m.at, count, m.text, salt, m.reply_to);
  return {seq, m.at, sha256({salt, as_bytes(canonical_bytes(m, seq))})};
}

std::optional<KnownMessage> find_by_client_id(sqlite::Connection& db, UserId author, const Uuid& client_id) {
  auto row =
      db.query("SELECT room_id, seq, at, text, deleted FROM messages WHERE author_id = ? AND client_id = ?",
               author, client_id.bytes);
  if (!row.step()) return std::nullopt;
  return KnownMessage{row.get<RoomId>(0), row.get<Seq>(1), row.get<TimePoint>(2), row.get<std::string>(3),
                      row.get<bool>(4)};
}

bool has_message(sqlite::Connection& db, RoomId room, Seq seq) {
  return db.find<std::int64_t>("SELECT 1 FROM messages WHERE room_id = ? AND seq = ?", room, seq).has_value();
}

Page load_before(sqlite::Connection& db, RoomId room, Seq before, std::int64_t limit) {
  Page page;
  page.messages = read_messages(db.query(
      "SELECT seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted FROM messages"
      " WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
      room, before, limit + 1));
  page.more.before = trim(page.messages, limit);
  std::reverse(page.messages.begin(), page.messages.end());
  page.more.after =
      has_after(db, room, page.messages.empty() ? Seq{before.value - 1} : page.messages.back().seq);
  return page;
}

Page load_newest(sqlite::Connection& db, RoomId room, std::int64_t limit) {
  return load_before(db, room, Seq{INT64_MAX}, limit);
}

Page load_after(sqlite::Connection& db, RoomId room, Seq after, std::int64_t limit) {
  Page page;
  page.messages = read_messages(db.query(
      "SELECT seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted FROM messages"
      " WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?",
      room, after, limit + 1));
  page.more.after = trim(page.messages, limit);
  page.more.before = has_before(db, room, page.messages.empty() ? next(after) : page.messages.front().seq);
  return page;
}

Page load_around(sqlite::Connection& db, RoomId room, Seq around, std::int64_t limit) {
  Page page = load_before(db, room, around, limit / 2);
  Page rest = load_after(db, room, Seq{around.value - 1}, limit - limit / 2);
  page.messages.insert(page.messages.end(), std::make_move_iterator(rest.messages.begin()),
                       std::make_move_iterator(rest.messages.end()));
  page.more.after = rest.more.after;
  return page;
}

std::vector<Message> load_changes(sqlite::Connection& db, RoomId room, Seq since, std::int64_t limit) {
  return read_messages(db.query(
      "SELECT seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted, seq FROM messages"
      " WHERE room_id = ?1 AND seq > ?2 AND changed IS NULL"
      " UNION ALL SELECT seq, at, author_id, text, client_id, reply_to, changed, edited_at, deleted, changed "
      "FROM messages"
      " WHERE room_id = ?1 AND changed > ?2 ORDER BY 10 LIMIT ?3",
      room, since, limit));
}

std::vector<protocol::User> load_authors(sqlite::Connection& db, const std::vector<Message>& messages) {
  std::vector<UserId> ids;
  for (const auto& message : messages) ids.push_back(message.author);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return load_users(db, ids);
}

}  // namespace wardroom::store
