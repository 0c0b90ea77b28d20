#include "server/store/message_versions.hpp"

#include "common/base/random.hpp"
#include "protocol/codec.hpp"
#include "protocol/commitment.hpp"

namespace wardroom::store {
namespace {

using protocol::MessageVersion;
using Act = MessageVersion::Act;

// The state that was posted becomes version 1 when the first change comes: most messages never need the row.
void keep_posted(sqlite::Connection& db, RoomId room, Seq message) {
  db.run(
      "INSERT INTO message_versions (room_id, seq, version, act, at, by_id, text, salt)"
      " SELECT room_id, seq, 1, 'posted', at, author_id, text, salt FROM messages"
      " WHERE room_id = ? AND seq = ? AND version = 1",
      room, message);
}

void show_version(sqlite::Connection& db, RoomId room, Seq message, std::int64_t version,
                  const protocol::Salt& salt, const NewVersion& v) {
  const bool deleted = v.act == Act::deleted;
  db.run(
      "UPDATE messages SET text = ?3, salt = ?4, version = ?5, edited_at = coalesce(?6, edited_at),"
      " deleted = ?7, deleted_by = ?8, delete_reason = ?9, pinned = iif(?7, NULL, pinned)"
      " WHERE room_id = ?1 AND seq = ?2",
      room, message, v.text, salt, version, v.act == Act::edited ? std::optional(v.at) : std::nullopt,
      deleted, deleted ? std::optional(v.by) : std::nullopt,
      deleted && !v.reason.empty() ? std::optional(v.reason) : std::nullopt);
}

}  // namespace

StoredVersion insert_version(sqlite::Connection& db, RoomId room, const MessageRow& message,
                             const NewVersion& v) {
  const Seq number = take_change(db, room, message.seq);
  keep_posted(db, room, message.seq);
  const std::int64_t version = message.version + 1;
  const protocol::Salt salt = random_bytes<16>();
  db.run(
      "INSERT INTO message_versions (room_id, seq, version, act, at, by_id, reason, text, salt) VALUES "
      "(?,?,?,?,?,?,?,?,?)",
      room, message.seq, version, protocol::enum_name(v.act), v.at, v.by, v.reason, v.text, salt);
  show_version(db, room, message.seq, version, salt, v);
  return {number, version,
          commit_to(salt,
                    protocol::ChangedState{room, message.seq, version, v.act, v.by, v.at, v.reason, v.text})};
}

std::string load_last_text(sqlite::Connection& db, RoomId room, Seq message) {
  return db
      .find<std::string>(
          "SELECT text FROM message_versions WHERE room_id = ? AND seq = ? AND act <> 'deleted'"
          " ORDER BY version DESC LIMIT 1",
          room, message)
      .value_or("");
}

std::vector<MessageVersion> load_versions(sqlite::Connection& db, RoomId room, Seq message) {
  auto row = db.query(
      "SELECT v.version, v.act, v.at, v.by_id, v.text, v.reason, EXISTS (SELECT 1 FROM erased_states e"
      " WHERE e.room_id = ?1 AND e.seq = ?2 AND e.version = v.version) FROM message_versions v"
      " WHERE v.room_id = ?1 AND v.seq = ?2"
      " UNION ALL SELECT 1, 'posted', at, author_id, text, '', 0 FROM messages"
      " WHERE room_id = ?1 AND seq = ?2 AND version = 1 ORDER BY 1",
      room, message);
  std::vector<MessageVersion> versions;
  while (row.step()) {
    versions.push_back({row.get<std::int64_t>(0),
                        protocol::parse_enum<Act>(row.get<std::string_view>(1)).value_or(Act::posted),
                        row.get<TimePoint>(2), row.get<UserId>(3), row.get<std::string>(4),
                        row.get<std::string>(5)});
    if (row.get<bool>(6)) versions.back().erased = true;
  }
  return versions;
}

}  // namespace wardroom::store
