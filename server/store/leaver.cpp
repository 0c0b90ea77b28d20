#include "server/store/leaver.hpp"

namespace wardroom::store {

std::vector<LeftRoom> load_rooms_of_leaver(sqlite::Connection& db, UserId user) {
  auto row = db.query(
      "SELECT m.room_id, m.role = 'moderator' AND NOT EXISTS (SELECT 1 FROM members o JOIN users u ON u.id ="
      "  o.user_id WHERE o.room_id = m.room_id AND o.user_id <> m.user_id AND o.role = 'moderator' AND"
      "  u.disabled = 0),"
      " NOT EXISTS (SELECT 1 FROM members o JOIN users u ON u.id = o.user_id WHERE o.room_id = m.room_id AND"
      "  o.user_id <> m.user_id AND u.disabled = 0)"
      " FROM members m JOIN rooms r ON r.id = m.room_id WHERE m.user_id = ? AND r.kind <> 'direct' ORDER BY "
      "r.name_key",
      user);
  std::vector<LeftRoom> rooms;
  while (row.step()) rooms.push_back({row.get<RoomId>(0), row.get<bool>(1), row.get<bool>(2)});
  return rooms;
}

}  // namespace wardroom::store
