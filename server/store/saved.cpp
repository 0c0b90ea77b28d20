#include "server/store/saved.hpp"

#include "server/store/messages.hpp"

namespace wardroom::store {

bool is_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message) {
  return db
      .find<std::int64_t>("SELECT 1 FROM saved WHERE user_id = ? AND room_id = ? AND seq = ?", user, room,
                          message)
      .has_value();
}

std::int64_t count_saved(sqlite::Connection& db, UserId user) {
  return db.find<std::int64_t>("SELECT count(*) FROM saved WHERE user_id = ?", user).value_or(0);
}

void insert_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message, TimePoint now) {
  db.run("INSERT INTO saved (user_id, room_id, seq, at) VALUES (?,?,?,?)", user, room, message, now);
}

void delete_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message) {
  db.run("DELETE FROM saved WHERE user_id = ? AND room_id = ? AND seq = ?", user, room, message);
}

void forget_saved(sqlite::Connection& db, RoomId room, Seq message) {
  db.run("DELETE FROM saved WHERE room_id = ? AND seq = ?", room, message);
}

std::vector<protocol::SavedMessage> load_saved(sqlite::Connection& db, UserId user,
                                               const std::optional<protocol::Beyond>& beyond,
                                               std::int64_t limit) {
  struct Row {
    RoomId room;
    Seq seq;
    TimePoint at;
  };
  std::vector<Row> rows;
  {
    const auto last = beyond.value_or(protocol::Beyond{TimePoint::max(), RoomId{INT64_MAX}, Seq{INT64_MAX}});
    auto row = db.query(
        "SELECT s.room_id, s.seq, s.at FROM saved s JOIN members m ON m.room_id = s.room_id AND m.user_id ="
        " s.user_id WHERE s.user_id = ? AND s.seq > m.shown_after AND (s.at, s.room_id, s.seq) < (?, ?, ?)"
        " ORDER BY s.at DESC, s.room_id DESC, s.seq DESC LIMIT ?",
        user, last.at, last.room, last.seq, limit);
    while (row.step()) rows.push_back({row.get<RoomId>(0), row.get<Seq>(1), row.get<TimePoint>(2)});
  }
  std::vector<protocol::SavedMessage> saved;
  for (const auto& row : rows)
    if (auto message = load_message(db, row.room, row.seq))
      saved.push_back({row.room, std::move(*message), row.at});
  return saved;
}

}  // namespace wardroom::store
