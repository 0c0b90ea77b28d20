#include "server/store/reactions.hpp"

#include "server/store/messages.hpp"

namespace wardroom::store {

bool has_reaction(sqlite::Connection& db, const ReactionKey& k) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM reactions WHERE room_id = ? AND seq = ? AND emoji = ? AND user_id = ?", k.room,
          k.message, k.emoji, k.user)
      .has_value();
}

bool has_emoji(sqlite::Connection& db, RoomId room, Seq message, std::string_view emoji) {
  return db
      .find<std::int64_t>("SELECT 1 FROM reactions WHERE room_id = ? AND seq = ? AND emoji = ? LIMIT 1", room,
                          message, emoji)
      .has_value();
}

std::int64_t count_emoji(sqlite::Connection& db, RoomId room, Seq message) {
  return db
      .find<std::int64_t>("SELECT count(DISTINCT emoji) FROM reactions WHERE room_id = ? AND seq = ?", room,
                          message)
      .value_or(0);
}

Seq insert_reaction(sqlite::Connection& db, const ReactionKey& k, TimePoint now) {
  const Seq number = take_change(db, k.room, k.message);
  db.run(
      "INSERT INTO reactions (room_id, seq, emoji, user_id, at, number, since) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6,"
      " coalesce((SELECT min(since) FROM reactions WHERE room_id = ?1 AND seq = ?2 AND emoji = ?3), ?6))",
      k.room, k.message, k.emoji, k.user, now, number);
  return number;
}

Seq delete_reaction(sqlite::Connection& db, const ReactionKey& k) {
  db.run("DELETE FROM reactions WHERE room_id = ? AND seq = ? AND emoji = ? AND user_id = ?", k.room,
         k.message, k.emoji, k.user);
  return take_change(db, k.room, k.message);
}

std::vector<protocol::Reaction> load_reactions(sqlite::Connection& db, RoomId room, Seq message) {
  auto row =
      db.query("SELECT emoji, user_id FROM reactions WHERE room_id = ? AND seq = ? ORDER BY since, number",
               room, message);
  std::vector<protocol::Reaction> reactions;
  while (row.step()) {
    auto emoji = row.get<std::string>(0);
    if (reactions.empty() || reactions.back().emoji != emoji) reactions.push_back({std::move(emoji), {}});
    reactions.back().users.push_back(row.get<UserId>(1));
  }
  return reactions;
}

}  // namespace wardroom::store
