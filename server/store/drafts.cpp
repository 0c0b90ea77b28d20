#include "server/store/drafts.hpp"

namespace wardroom::store {
namespace {

// As the table has it: 0 is the room.
Seq place_of(std::optional<Seq> thread) {
  return thread.value_or(Seq{});
}

}  // namespace

bool has_draft(sqlite::Connection& db, UserId user, RoomId room, std::optional<Seq> thread) {
  return db
      .find<std::int64_t>("SELECT 1 FROM drafts WHERE user_id = ? AND room_id = ? AND thread = ?", user, room,
                          place_of(thread))
      .has_value();
}

std::int64_t count_drafts(sqlite::Connection& db, UserId user) {
  return db.find<std::int64_t>("SELECT count(*) FROM drafts WHERE user_id = ?", user).value_or(0);
}

void store_draft(sqlite::Connection& db, UserId user, const protocol::Draft& d) {
  db.run(
      "INSERT INTO drafts (user_id, room_id, thread, text, reply_to, at) VALUES (?,?,?,?,?,?)"
      " ON CONFLICT (user_id, room_id, thread) DO UPDATE SET text = excluded.text,"
      " reply_to = excluded.reply_to, at = excluded.at",
      user, d.room, place_of(d.thread), d.text, d.reply_to, d.at);
}

bool delete_draft(sqlite::Connection& db, UserId user, RoomId room, std::optional<Seq> thread) {
  db.run("DELETE FROM drafts WHERE user_id = ? AND room_id = ? AND thread = ?", user, room, place_of(thread));
  return db.changes() > 0;
}

std::vector<protocol::Draft> load_drafts(sqlite::Connection& db, UserId user) {
  std::vector<protocol::Draft> drafts;
  auto row = db.query(
      "SELECT room_id, thread, text, reply_to, at FROM drafts WHERE user_id = ?"
      " ORDER BY at DESC, room_id, thread",
      user);
  while (row.step()) {
    const Seq thread = row.get<Seq>(1);
    drafts.push_back({row.get<RoomId>(0), thread.is_set() ? std::optional(thread) : std::nullopt,
                      row.get<std::string>(2), row.get<std::optional<Seq>>(3), row.get<TimePoint>(4)});
  }
  return drafts;
}

bool has_due_drafts(sqlite::Connection& db, RoomId room, TimePoint before) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM drafts d WHERE room_id = ?1 AND at < ?2 AND NOT EXISTS (SELECT 1 FROM holds h"
          " WHERE h.lifted_at IS NULL AND (h.user_id = d.user_id OR h.room_id = ?1)) LIMIT 1",
          room, before)
      .has_value();
}

void remove_due_drafts(sqlite::Connection& db, RoomId room, TimePoint before) {
  db.run(
      "DELETE FROM drafts WHERE room_id = ?1 AND at < ?2 AND NOT EXISTS (SELECT 1 FROM holds h"
      " WHERE h.lifted_at IS NULL AND (h.user_id = drafts.user_id OR h.room_id = ?1))",
      room, before);
}

}  // namespace wardroom::store
