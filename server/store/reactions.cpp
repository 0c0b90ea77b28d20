#include "server/store/reactions.hpp"

#include "common/base/random.hpp"
#include "protocol/commitment.hpp"
#include "server/store/messages.hpp"

namespace wardroom::store {
namespace {

StoredReaction keep_state(sqlite::Connection& db, const ReactionKey& k, Seq number, TimePoint at,
                          bool added) {
  const protocol::Salt salt = random_bytes<16>();
  db.run(
      "INSERT INTO reaction_states (room_id, seq, number, user_id, at, added, emoji, salt)"
      " VALUES (?,?,?,?,?,?,?,?)",
      k.room, k.message, number, k.user, at, added, k.emoji, salt);
  return {number,
          {db.last_insert_id(),
           commit_to(salt, protocol::ReactionState{k.room, k.message, number, k.user, at, added, k.emoji})}};
}

}  // namespace

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

StoredReaction insert_reaction(sqlite::Connection& db, const ReactionKey& k, TimePoint now) {
  const Seq number = take_change(db, k.room, k.message);
  db.run(
      "INSERT INTO reactions (room_id, seq, emoji, user_id, at, number, since) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6,"
      " coalesce((SELECT min(since) FROM reactions WHERE room_id = ?1 AND seq = ?2 AND emoji = ?3), ?6))",
      k.room, k.message, k.emoji, k.user, now, number);
  return keep_state(db, k, number, now, true);
}

StoredReaction delete_reaction(sqlite::Connection& db, const ReactionKey& k, TimePoint now) {
  db.run("DELETE FROM reactions WHERE room_id = ? AND seq = ? AND emoji = ? AND user_id = ?", k.room,
         k.message, k.emoji, k.user);
  const Seq number = take_change(db, k.room, k.message);
  return keep_state(db, k, number, now, false);
}

std::vector<BoundReaction> load_open_reactions(sqlite::Connection& db) {
  std::vector<BoundReaction> open;
  auto row = db.query(
      "SELECT id, room_id, seq, number, user_id, at, added, emoji, salt FROM reaction_states"
      " WHERE record IS NULL ORDER BY id");
  while (row.step()) {
    const Bytes stored = row.get<Bytes>(8);
    protocol::Salt salt{};
    std::copy_n(stored.begin(), std::min(stored.size(), salt.size()), salt.begin());
    const protocol::ReactionState state{row.get<RoomId>(1),          row.get<Seq>(2),       row.get<Seq>(3),
                                        row.get<UserId>(4),          row.get<TimePoint>(5), row.get<bool>(6),
                                        row.get<std::string_view>(7)};
    open.push_back({row.get<std::int64_t>(0), commit_to(salt, state)});
  }
  return open;
}

void bind_reaction(sqlite::Connection& db, std::int64_t id, AuditIndex record, const Digest& leaf) {
  db.run("UPDATE reaction_states SET record = ?, leaf = ? WHERE id = ?", record, leaf, id);
}

std::int64_t remove_reactions(sqlite::Connection& db, RoomId room, Seq message) {
  db.run("DELETE FROM reactions WHERE room_id = ? AND seq = ?", room, message);
  db.run(
      "UPDATE reaction_states SET seq = NULL, number = NULL, user_id = NULL, at = NULL, added = NULL,"
      " emoji = NULL, salt = NULL WHERE room_id = ? AND seq = ?",
      room, message);
  return db.changes();
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
