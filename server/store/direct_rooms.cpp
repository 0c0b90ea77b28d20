#include "server/store/direct_rooms.hpp"

#include "protocol/codec.hpp"

namespace wardroom::store {

using protocol::DirectState;

std::optional<DirectRow> find_direct(sqlite::Connection& db, RoomId room) {
  auto row = db.query(
      "SELECT direct_state, requested_by, declined_at FROM rooms WHERE id = ? AND kind = 'direct'", room);
  if (!row.step()) return std::nullopt;
  return DirectRow{
      protocol::parse_enum<DirectState>(row.get<std::string_view>(0)).value_or(DirectState::open),
      row.get<std::optional<UserId>>(1), row.get<std::optional<TimePoint>>(2)};
}

void update_direct(sqlite::Connection& db, RoomId room, const DirectRow& row) {
  db.run("UPDATE rooms SET direct_state = ?, requested_by = ?, declined_at = ? WHERE id = ?",
         protocol::enum_name(row.state), row.requested_by, row.declined_at, room);
}

void reset_acceptance(sqlite::Connection& db, RoomId room, std::optional<UserId> requester) {
  db.run("UPDATE members SET accepted = (?2 IS NULL OR user_id = ?2) WHERE room_id = ?1", room, requester);
}

void accept_direct(sqlite::Connection& db, RoomId room, UserId user) {
  db.run("UPDATE members SET accepted = 1 WHERE room_id = ? AND user_id = ?", room, user);
}

bool is_accepted(sqlite::Connection& db, RoomId room, UserId requester) {
  return db
      .find<bool>(
          "SELECT coalesce(max(m.accepted AND m.user_id <> ?2), 0)"
          " AND NOT coalesce(max(NOT m.accepted AND NOT u.disabled AND NOT u.removed), 0)"
          " FROM members m JOIN users u ON u.id = m.user_id WHERE m.room_id = ?1",
          room, requester)
      .value_or(false);
}

}  // namespace wardroom::store
