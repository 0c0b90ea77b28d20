#include "server/store/sanctions.hpp"

#include "protocol/codec.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {

using namespace protocol;

namespace {

// Columns, from 0: kind, room_id, the person's id, name, display name and role, the same of who did it,
// reason, at, until.
Sanction read_sanction(const sqlite::Cursor& row) {
  Sanction s;
  s.kind = parse_enum<SanctionKind>(row.get<std::string_view>(0)).value_or(SanctionKind::mute);
  s.room = row.get<std::optional<RoomId>>(1);
  s.user = read_user(row, 2);
  s.by = read_user(row, 6);
  s.reason = row.get<std::string>(10);
  s.at = row.get<TimePoint>(11);
  s.until = row.get<std::optional<TimePoint>>(12);
  return s;
}

std::vector<Sanction> read_sanctions(sqlite::Cursor row) {
  std::vector<Sanction> sanctions;
  while (row.step()) sanctions.push_back(read_sanction(row));
  return sanctions;
}

}  // namespace

std::optional<Mute> find_sanction(sqlite::Connection& db, SanctionKind kind, std::optional<RoomId> room,
                                  UserId user, TimePoint now) {
  auto row = db.query(
      "SELECT until, reason FROM sanctions WHERE user_id = ? AND kind = ? AND room_id IS ? AND lifted_at IS "
      "NULL AND (until IS NULL OR until > ?)",
      user, enum_name(kind), room, now);
  if (!row.step()) return std::nullopt;
  return Mute{row.get<std::optional<TimePoint>>(0), row.get<std::string>(1)};
}

std::optional<Sanction> load_sanction(sqlite::Connection& db, SanctionKind kind, std::optional<RoomId> room,
                                      UserId user, TimePoint now) {
  auto row = db.query(
      "SELECT s.kind, s.room_id, u.id, u.name, u.display_name, u.role, b.id, b.name, b.display_name, b.role,"
      " s.reason, s.at, s.until FROM sanctions s JOIN users u ON u.id = s.user_id JOIN users b ON b.id = "
      "s.by_id"
      " WHERE s.user_id = ? AND s.kind = ? AND s.room_id IS ? AND s.lifted_at IS NULL"
      " AND (s.until IS NULL OR s.until > ?)",
      user, enum_name(kind), room, now);
  if (!row.step()) return std::nullopt;
  return read_sanction(row);
}

bool is_muted(sqlite::Connection& db, std::optional<RoomId> room, UserId user, TimePoint now) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM sanctions WHERE user_id = ? AND kind = 'mute' AND (room_id IS NULL OR room_id = ?)"
          " AND lifted_at IS NULL AND (until IS NULL OR until > ?) LIMIT 1",
          user, room, now)
      .has_value();
}

std::optional<TimePoint> find_mute_end(sqlite::Connection& db, RoomId room, UserId user) {
  auto row = db.query(
      "SELECT max(coalesce(until, 9223372036854775807)) FROM sanctions WHERE user_id = ? AND kind = 'mute'"
      " AND (room_id IS NULL OR room_id = ?) AND lifted_at IS NULL",
      user, room);
  return row.step() ? row.get<std::optional<TimePoint>>(0) : std::nullopt;
}

bool lift_sanction(sqlite::Connection& db, SanctionKind kind, std::optional<RoomId> room, UserId user,
                   TimePoint now) {
  db.run(
      "UPDATE sanctions SET lifted_at = ? WHERE user_id = ? AND kind = ? AND room_id IS ? AND lifted_at IS "
      "NULL",
      now, user, enum_name(kind), room);
  return db.changes() > 0;
}

void insert_sanction(sqlite::Connection& db, const NewSanction& s, TimePoint now) {
  lift_sanction(db, s.kind, s.room, s.user, now);
  db.run("INSERT INTO sanctions (kind, room_id, user_id, by_id, reason, at, until) VALUES (?,?,?,?,?,?,?)",
         enum_name(s.kind), s.room, s.user, s.by, s.reason, now, s.until);
}

std::vector<Sanction> load_sanctions(sqlite::Connection& db, std::optional<RoomId> room, TimePoint now) {
  return read_sanctions(db.query(
      "SELECT s.kind, s.room_id, u.id, u.name, u.display_name, u.role, b.id, b.name, b.display_name, b.role,"
      " s.reason, s.at, s.until FROM sanctions s JOIN users u ON u.id = s.user_id JOIN users b ON b.id = "
      "s.by_id"
      " WHERE s.lifted_at IS NULL AND (s.until IS NULL OR s.until > ?2) AND (?1 IS NULL OR s.room_id = ?1)"
      " ORDER BY s.id DESC LIMIT 1000",
      room, now));
}

std::vector<Sanction> end_sanctions(sqlite::Connection& db, TimePoint now, std::int64_t limit) {
  auto ended = read_sanctions(db.query(
      "SELECT s.kind, s.room_id, u.id, u.name, u.display_name, u.role, b.id, b.name, b.display_name, b.role,"
      " s.reason, s.at, s.until FROM sanctions s JOIN users u ON u.id = s.user_id JOIN users b ON b.id = "
      "s.by_id"
      " WHERE s.lifted_at IS NULL AND s.until IS NOT NULL AND s.until <= ? ORDER BY s.until, s.id LIMIT ?",
      now, limit));
  for (const auto& s : ended) lift_sanction(db, s.kind, s.room, s.user.id, *s.until);
  return ended;
}

std::optional<TimePoint> find_next_end(sqlite::Connection& db) {
  auto row = db.query("SELECT min(until) FROM sanctions WHERE lifted_at IS NULL AND until IS NOT NULL");
  return row.step() ? row.get<std::optional<TimePoint>>(0) : std::nullopt;
}

}  // namespace wardroom::store
