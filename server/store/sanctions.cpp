#include "server/store/sanctions.hpp"

#include "protocol/codec.hpp"

namespace wardroom::store {

using namespace protocol;

std::optional<Mute> find_sanction(sqlite::Connection& db, SanctionKind kind, std::optional<RoomId> room,
                                  UserId user, TimePoint now) {
  auto row = db.query(
      "SELECT until, reason FROM sanctions WHERE user_id = ? AND kind = ? AND room_id IS ? AND lifted_at IS "
      "NULL AND (until IS NULL OR until > ?)",
      user, enum_name(kind), room, now);
  if (!row.step()) return std::nullopt;
  return Mute{row.get<std::optional<TimePoint>>(0), row.get<std::string>(1)};
}

bool is_muted(sqlite::Connection& db, std::optional<RoomId> room, UserId user, TimePoint now) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM sanctions WHERE user_id = ? AND kind = 'mute' AND (room_id IS NULL OR room_id = ?)"
          " AND lifted_at IS NULL AND (until IS NULL OR until > ?) LIMIT 1",
          user, room, now)
      .has_value();
}

bool lift_sanction(sqlite::Connection& db, SanctionKind kind, std::optional<RoomId> room, UserId user,
                   TimePoint now) {
  const bool held = find_sanction(db, kind, room, user, now).has_value();
  db.run(
      "UPDATE sanctions SET lifted_at = ? WHERE user_id = ? AND kind = ? AND room_id IS ? AND lifted_at IS "
      "NULL",
      now, user, enum_name(kind), room);
  return held;
}

void insert_sanction(sqlite::Connection& db, const NewSanction& s, TimePoint now) {
  lift_sanction(db, s.kind, s.room, s.user, now);
  db.run("INSERT INTO sanctions (kind, room_id, user_id, by_id, reason, at, until) VALUES (?,?,?,?,?,?,?)",
         enum_name(s.kind), s.room, s.user, s.by, s.reason, now, s.until);
}

std::vector<Sanction> load_sanctions(sqlite::Connection& db, std::optional<RoomId> room, TimePoint now) {
  auto row = db.query(
      "SELECT s.kind, s.room_id, u.id, u.name, u.display_name, u.role, b.id, b.name, b.display_name, b.role,"
      " s.reason, s.at, s.until FROM sanctions s JOIN users u ON u.id = s.user_id JOIN users b ON b.id = "
      "s.by_id"
      " WHERE s.lifted_at IS NULL AND (s.until IS NULL OR s.until > ?2) AND (?1 IS NULL OR s.room_id = ?1)"
      " ORDER BY s.id DESC",
      room, now);
  const auto read_user = [&](int first) {
    return User{row.get<UserId>(first), row.get<std::string>(first + 1), row.get<std::string>(first + 2),
                parse_enum<Role>(row.get<std::string_view>(first + 3)).value_or(Role::guest)};
  };
  std::vector<Sanction> sanctions;
  while (row.step()) {
    Sanction s;
    s.kind = parse_enum<SanctionKind>(row.get<std::string_view>(0)).value_or(SanctionKind::mute);
    s.room = row.get<std::optional<RoomId>>(1);
    s.user = read_user(2);
    s.by = read_user(6);
    s.reason = row.get<std::string>(10);
    s.at = row.get<TimePoint>(11);
    s.until = row.get<std::optional<TimePoint>>(12);
    sanctions.push_back(std::move(s));
  }
  return sanctions;
}

}  // namespace wardroom::store
