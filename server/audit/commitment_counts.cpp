#include "server/audit/commitment_counts.hpp"

#include <map>

namespace wardroom::audit {
namespace {

// The record before that counts states of it, -1 when there is none; `idx` is the newest from now on.
std::int64_t move_chain(sqlite::Connection& db, std::string_view kind, std::int64_t id, AuditIndex idx) {
  return db
      .find<std::int64_t>(
          "INSERT INTO commitment_chains (kind, id, idx) VALUES (?, ?, ?)"
          " ON CONFLICT DO UPDATE SET before = idx, idx = excluded.idx RETURNING before",
          kind, id, idx)
      .value_or(-1);
}

// From which record on the log counts: 0 when no record before bound any message in.
std::int64_t first_counted(sqlite::Connection& db, AuditIndex idx) {
  static constexpr auto kFind = "SELECT idx FROM commitment_chains WHERE kind = 'log'";
  if (const auto known = db.find<std::int64_t>(kFind)) return *known;
  const bool is_old =
      db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE type = 'messages.committed' LIMIT 1")
          .has_value();
  const std::int64_t first = is_old ? idx.value : 0;
  db.run("INSERT INTO commitment_chains (kind, id, idx) VALUES ('log', 0, ?)", first);
  return first;
}

}  // namespace

void add_counts(store::WriteTx& tx, AuditIndex idx, Details& after) {
  std::map<std::pair<RoomId, UserId>, std::int64_t> states;
  for (const auto& state : tx.commitments) ++states[{state.room, state.author}];
  std::map<RoomId, std::int64_t> rooms;
  std::map<UserId, std::int64_t> authors;
  std::vector<std::vector<std::int64_t>> counts;
  for (const auto& [pair, count] : states) {
    const auto& [room, author] = pair;
    if (!rooms.contains(room)) rooms[room] = move_chain(tx.db, "room", room.value, idx);
    if (!authors.contains(author)) authors[author] = move_chain(tx.db, "author", author.value, idx);
    counts.push_back({room.value, author.value, count, rooms[room], authors[author]});
  }
  if (counts.size() <= kMaxCountedPairs) after.add("states", counts);
  after.add("since", first_counted(tx.db, idx));
}

}  // namespace wardroom::audit
