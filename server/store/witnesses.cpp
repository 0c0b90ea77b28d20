#include "server/store/witnesses.hpp"

namespace wardroom::store {
namespace {

constexpr sqlite::SqlPiece kSelectWitness =
    "SELECT w.id, w.user_id, w.key, w.record, u.disabled OR u.removed, coalesce(w.size, 0), coalesce(w.note, "
    "'')"
    " FROM witnesses w JOIN users u ON u.id = w.user_id ";

std::vector<WitnessRow> read_witnesses(sqlite::Cursor row) {
  std::vector<WitnessRow> witnesses;
  while (row.step())
    witnesses.push_back({row.get<std::int64_t>(0), row.get<UserId>(1), row.get<std::string>(2),
                         row.get<AuditIndex>(3), row.get<bool>(4), row.get<std::int64_t>(5),
                         row.get<std::string>(6)});
  return witnesses;
}

}  // namespace

std::optional<WitnessRow> find_witness(sqlite::Connection& db, std::string_view key) {
  static constexpr auto kByKey = kSelectWitness + "WHERE w.key = ?";
  auto found = read_witnesses(db.query(kByKey, key));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void put_witness(sqlite::Connection& db, UserId user, const std::string& key, AuditIndex record,
                 TimePoint now) {
  db.run(
      "INSERT INTO witnesses (user_id, key, record, heard_at) VALUES (?1,?2,?3,?4)"
      " ON CONFLICT (key) DO UPDATE SET user_id = excluded.user_id, record = excluded.record,"
      " heard_at = excluded.heard_at",
      user, key, record, now);
  // By the log's length, not by a clock: the newest is never the one that goes.
  db.run(
      "DELETE FROM witnesses WHERE user_id = ?1 AND id NOT IN (SELECT id FROM witnesses WHERE user_id = ?1"
      " ORDER BY max(coalesce(size, 0), record + 1) DESC, id DESC LIMIT 32)",
      user);
}

void keep_cosignature(sqlite::Connection& db, std::int64_t id, std::int64_t size, const std::string& note,
                      TimePoint now) {
  db.run("UPDATE witnesses SET size = ?2, note = ?3, heard_at = ?4 WHERE id = ?1", id, size, note, now);
}

void forget_cosignature(sqlite::Connection& db, std::int64_t id) {
  db.run("UPDATE witnesses SET size = NULL, note = NULL WHERE id = ?", id);
}

void delete_old_witnesses(sqlite::Connection& db, TimePoint since) {
  db.run("DELETE FROM witnesses WHERE heard_at < ?", since);
}

std::vector<WitnessRow> load_some_cosigned(sqlite::Connection& db, std::int64_t limit) {
  static constexpr auto kSome =
      kSelectWitness +
      "WHERE w.id IN (SELECT id FROM witnesses WHERE size IS NOT NULL ORDER BY random() LIMIT ?)";
  return read_witnesses(db.query(kSome, limit));
}

std::vector<WitnessRow> load_cosigned(sqlite::Connection& db) {
  static constexpr auto kAll = kSelectWitness + "WHERE w.size IS NOT NULL ORDER BY w.id";
  return read_witnesses(db.query(kAll));
}

std::vector<WitnessRow> load_witnesses(sqlite::Connection& db, std::int64_t after, std::int64_t limit) {
  static constexpr auto kAfter =
      kSelectWitness + "WHERE w.id > ? AND NOT u.disabled AND NOT u.removed ORDER BY w.id LIMIT ?";
  return read_witnesses(db.query(kAfter, after, limit));
}

}  // namespace wardroom::store
