#include "server/store/files.hpp"

#include <algorithm>

namespace wardroom::store {
namespace {

constexpr sqlite::SqlPiece kSelectFile =
    "SELECT id, user_id, room_id, name, size, expires_at, sha256, type, seq FROM files";

FileRow read_file(const sqlite::Cursor& row) {
  FileRow file;
  file.id = protocol::to_client_id(as_bytes(row.get<std::string_view>(0)));
  file.user = row.get<UserId>(1);
  file.room = row.get<RoomId>(2);
  file.name = row.get<std::string>(3);
  file.size = row.get<std::int64_t>(4);
  file.expires_at = row.get<std::optional<TimePoint>>(5);
  file.sha256 = to_digest(row.get<std::optional<Bytes>>(6));
  file.type = row.get<std::string>(7);
  file.seq = row.get<std::optional<Seq>>(8);
  return file;
}

// Of id, name, size, type and sha256, from column `first` on.
protocol::File to_protocol_file(const sqlite::Cursor& row, int first) {
  return {to_string(protocol::to_client_id(as_bytes(row.get<std::string_view>(first)))),
          row.get<std::string>(first + 1), row.get<std::int64_t>(first + 2), row.get<std::string>(first + 3),
          to_hex(as_bytes(row.get<std::string_view>(first + 4)))};
}

}  // namespace

void insert_upload(sqlite::Connection& db, const NewUpload& u) {
  db.run(
      "INSERT INTO files (id, user_id, room_id, name, size, created_at, expires_at) VALUES (?,?,?,?,?,?,?)",
      u.id.bytes, u.user, u.room, u.name, u.size, u.at, u.expires_at);
}

std::optional<FileRow> find_file(sqlite::Connection& db, const Uuid& id) {
  static constexpr auto kById = kSelectFile + " WHERE id = ?";
  auto row = db.query(kById, id.bytes);
  if (!row.step()) return std::nullopt;
  return read_file(row);
}

bool complete_upload(sqlite::Connection& db, const Uuid& id, const protocol::Salt& salt, const Digest& sha256,
                     std::string_view type, TimePoint expires_at) {
  return db.run(
             "UPDATE files SET salt = ?2, sha256 = ?3, type = ?4, expires_at = ?5"
             " WHERE id = ?1 AND sha256 IS NULL",
             id.bytes, salt, sha256, type, expires_at) &&
         db.changes() == 1;
}

void attach_file(sqlite::Connection& db, const Uuid& id, Seq message, std::int64_t position) {
  db.run("UPDATE files SET seq = ?2, position = ?3, expires_at = NULL WHERE id = ?1", id.bytes, message,
         position);
}

std::vector<protocol::File> load_files(sqlite::Connection& db, RoomId room, Seq message) {
  std::vector<protocol::File> files;
  auto row = db.query(
      "SELECT id, name, size, type, sha256 FROM files WHERE room_id = ? AND seq = ? ORDER BY position", room,
      message);
  while (row.step()) files.push_back(to_protocol_file(row, 0));
  return files;
}

std::vector<PostedFile> load_room_files(sqlite::Connection& db, RoomId room, Seq after, Seq before,
                                        std::int64_t limit) {
  std::vector<PostedFile> files;
  auto row = db.query(
      "SELECT f.seq, m.at, m.author_id, f.id, f.name, f.size, f.type, f.sha256 FROM files f"
      " JOIN messages m ON m.room_id = f.room_id AND m.seq = f.seq"
      " WHERE f.room_id = ? AND f.seq > ? AND f.seq < ? AND m.deleted = 0"
      " ORDER BY f.seq DESC, f.position LIMIT ?",
      room, after, before, limit);
  while (row.step())
    files.push_back({row.get<Seq>(0), row.get<TimePoint>(1), row.get<UserId>(2), to_protocol_file(row, 3)});
  return files;
}

void remove_file(sqlite::Connection& db, const Uuid& id) {
  db.run("DELETE FROM files WHERE id = ?", id.bytes);
}

std::vector<Digest> remove_files(sqlite::Connection& db, RoomId room, Seq message) {
  std::vector<Digest> contents;
  auto row = db.query("DELETE FROM files WHERE room_id = ? AND seq = ? RETURNING sha256", room, message);
  while (row.step())
    if (const auto sha256 = to_digest(row.get<std::optional<Bytes>>(0))) contents.push_back(*sha256);
  return contents;
}

std::vector<FileRow> load_unposted(sqlite::Connection& db, TimePoint now, std::int64_t limit) {
  static constexpr auto kOver =
      kSelectFile + " WHERE expires_at <= ? AND seq IS NULL ORDER BY expires_at LIMIT ?";
  std::vector<FileRow> files;
  auto row = db.query(kOver, now, limit);
  while (row.step()) files.push_back(read_file(row));
  return files;
}

bool is_content_used(sqlite::Connection& db, const Digest& sha256) {
  return db.find<std::int64_t>("SELECT 1 FROM files WHERE sha256 = ? LIMIT 1", sha256).has_value();
}

bool has_upload(sqlite::Connection& db, const Uuid& id) {
  return db.find<std::int64_t>("SELECT 1 FROM files WHERE id = ? AND sha256 IS NULL", id.bytes).has_value();
}

std::int64_t count_bytes(sqlite::Connection& db, UserId user) {
  return db.find<std::int64_t>("SELECT coalesce(sum(size), 0) FROM files WHERE user_id = ?", user)
      .value_or(0);
}

std::int64_t count_bytes(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT coalesce(sum(size), 0) FROM files").value_or(0);
}

std::int64_t count_open_uploads(sqlite::Connection& db, UserId user) {
  return db.find<std::int64_t>("SELECT count(*) FROM files WHERE user_id = ? AND sha256 IS NULL", user)
      .value_or(0);
}

}  // namespace wardroom::store
