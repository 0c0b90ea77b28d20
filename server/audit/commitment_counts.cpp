#include "server/audit/commitment_counts.hpp"

#include <utility>
#include <vector>

#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

// How many ends a group writes down. As many as a single message has: in a quiet office the table has them
// all, and in a busy one it is never further behind than twice as many groups as there are rooms and authors.
constexpr int kStoredEachTime = 2;
// Rows of the table that are no chain's: from which record on the log counts, and up to which record the
// table has every end. Without the second, as versions before left it, it has them all.
constexpr std::int64_t kSinceRow = 0, kStoredToRow = 1;

std::optional<std::int64_t> find_log_row(sqlite::Connection& db, std::int64_t row) {
  return db.find<std::int64_t>("SELECT idx FROM commitment_chains WHERE kind = 'log' AND id = ?", row);
}

void store_end(sqlite::Connection& db, std::string_view kind, std::int64_t id, std::int64_t idx) {
  // Not ON CONFLICT: decision record 0062.
  db.run("UPDATE commitment_chains SET idx = ?3 WHERE kind = ?1 AND id = ?2", kind, id, idx);
  if (db.changes() == 0)
    db.run("INSERT INTO commitment_chains (kind, id, idx) VALUES (?, ?, ?)", kind, id, idx);
}

// From which record on the log counts: 0 when no record before bound any message in.
std::int64_t first_counted(sqlite::Connection& db, std::int64_t idx) {
  if (const auto known = find_log_row(db, kSinceRow)) return *known;
  const bool is_old =
      db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE type = 'messages.committed' LIMIT 1")
          .has_value();
  const std::int64_t first = is_old ? idx : 0;
  store_end(db, "log", kSinceRow, first);
  return first;
}

// The pairs that a record counts; none of what isn't as the server writes it.
std::vector<std::pair<RoomId, UserId>> counted_in(std::string_view line) {
  const auto record = protocol::parse_json(line);
  boost::system::error_code missing;
  const auto* states = record ? record->find_pointer("/after/states", missing) : nullptr;
  std::vector<std::pair<RoomId, UserId>> pairs;
  if (!states || !states->is_array()) return pairs;
  for (const auto& row : states->get_array()) {
    const auto* room = row.is_array() ? row.get_array().if_contains(0) : nullptr;
    const auto* author = row.is_array() ? row.get_array().if_contains(1) : nullptr;
    if (room && author && room->is_int64() && author->is_int64())
      pairs.emplace_back(RoomId{room->get_int64()}, UserId{author->get_int64()});
  }
  return pairs;
}

void append_row(std::string& rows, std::initializer_list<std::int64_t> numbers) {
  rows += rows.empty() ? "[[" : ",[";
  for (const std::int64_t number : numbers) {
    if (rows.back() != '[') rows.push_back(',');
    protocol::append_number(rows, number);
  }
  rows.push_back(']');
}

}  // namespace

void CommitmentCounts::load(sqlite::Connection& db, std::int64_t idx) {
  rooms_.clear();
  authors_.clear();
  unstored_.clear();
  {
    auto row = db.query("SELECT kind, id, idx FROM commitment_chains WHERE kind <> 'log'");
    while (row.step())
      ends(row.get<std::string_view>(0) == "room" ? Kind::room : Kind::author)[row.get<std::int64_t>(1)] = {
          row.get<std::int64_t>(2)};
  }
  since_ = first_counted(db, idx);
  if (const auto stored_to = find_log_row(db, kStoredToRow)) replay(db, *stored_to);
  is_loaded_ = !db.failure();
}

void CommitmentCounts::replay(sqlite::Connection& db, std::int64_t after) {
  auto row = db.query(
      "SELECT idx, line FROM audit_records WHERE type = 'messages.committed' AND idx > ? ORDER BY idx",
      after);
  while (row.step()) {
    for (const auto& [room, author] : counted_in(row.get<std::string_view>(1))) {
      move(Kind::room, room.value, row.get<std::int64_t>(0));
      move(Kind::author, author.value, row.get<std::int64_t>(0));
    }
  }
}

// The record before that counts states of it, -1 when there is none; `idx` is the newest from now on.
std::int64_t CommitmentCounts::move(Kind kind, std::int64_t id, std::int64_t idx) {
  End& end = ends(kind)[id];
  if (end.is_stored) unstored_.push_back({kind, id, idx});
  end.is_stored = false;
  return std::exchange(end.idx, idx);
}

void CommitmentCounts::count(const Pairs& states, std::int64_t idx, Details& after) {
  std::map<RoomId, std::int64_t> rooms;
  std::map<UserId, std::int64_t> authors;
  std::string rows;
  for (const auto& [pair, number] : states) {
    const auto& [room, author] = pair;
    if (!rooms.contains(room)) rooms[room] = move(Kind::room, room.value, idx);
    if (!authors.contains(author)) authors[author] = move(Kind::author, author.value, idx);
    append_row(rows, {room.value, author.value, number, rooms[room], authors[author]});
  }
  rows.push_back(']');
  after.add("states", JsonValue(protocol::RawJson{std::move(rows)}));
}

void CommitmentCounts::store_oldest(sqlite::Connection& db, std::int64_t idx) {
  for (int i = 0; i < kStoredEachTime && !unstored_.empty(); ++i) {
    const Unstored oldest = unstored_.front();
    unstored_.pop_front();
    End& end = ends(oldest.kind)[oldest.id];
    end.is_stored = true;
    store_end(db, oldest.kind == Kind::room ? "room" : "author", oldest.id, end.idx);
  }
  store_end(db, "log", kStoredToRow, unstored_.empty() ? idx : unstored_.front().since - 1);
}

void CommitmentCounts::add_to(Details& after, store::WriteTx& tx, AuditIndex idx) {
  tx.undo.emplace_back([this] { is_loaded_ = false; });
  if (!is_loaded_) load(tx.db, idx.value);
  Pairs states;
  for (const auto& state : tx.commitments) ++states[{state.room, state.author}];
  if (states.size() <= kMaxCountedPairs) count(states, idx.value, after);
  after.add("since", since_);
  store_oldest(tx.db, idx.value);
}

}  // namespace wardroom::audit
