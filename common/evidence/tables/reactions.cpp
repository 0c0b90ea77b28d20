#include "common/evidence/tables/reactions.hpp"

#include <algorithm>

#include "common/tlog/merkle.hpp"
#include "protocol/commitment.hpp"

namespace wardroom::evidence {
namespace {

// Refers to the row.
protocol::ReactionState read_reaction(const sqlite::Cursor& row) {
  return {row.get<RoomId>(2),          row.get<Seq>(4),       row.get<Seq>(5),
          row.get<UserId>(6),          row.get<TimePoint>(7), row.get<bool>(8),
          row.get<std::string_view>(9)};
}

// The row's own hash where the reaction is there, else the one that is stored.
std::optional<Digest> leaf_of_row(const sqlite::Cursor& row) {
  const auto stored = to_digest(row.get<std::optional<Bytes>>(3));
  if (!row.get<std::optional<std::int64_t>>(4)) return stored;
  const auto bytes = as_bytes(row.get<std::string_view>(10));
  protocol::Salt salt{};
  if (bytes.size() != salt.size()) return std::nullopt;
  std::copy_n(bytes.begin(), salt.size(), salt.begin());
  const Digest leaf = tlog::leaf_hash(commit_to(salt, read_reaction(row)));
  return leaf == stored ? stored : std::nullopt;
}

}  // namespace

void ReactionsCheck::take(const Act& act) {
  if (act.is("reactions.committed"))
    bound_[act.idx()] = {act.after_number("count"), act.after("root").value_or("")};
  if (act.is("room.retention_applied")) by_log_[act.room()] += act.after_number("reactions");
}

void ReactionsCheck::check_group(std::int64_t record, const std::vector<Digest>& leaves,
                                 TablesReport& report) {
  const auto said = bound_.find(record);
  if (said == bound_.end())
    return report.add("reaction_states: some name record " + std::to_string(record) +
                      ", which binds no reactions in.");
  if (static_cast<std::int64_t>(leaves.size()) != said->second.count ||
      to_hex(tlog::root_of(leaves)) != said->second.root)
    report.add("reaction_states: those of record " + std::to_string(record) + " aren't what it bound in.");
  else
    proven_ += said->second.count;
  bound_.erase(said);
}

void ReactionsCheck::check_bound(sqlite::Connection& db, TablesReport& report) {
  auto row = db.query(
      "SELECT id, record, room_id, leaf, seq, number, user_id, at, added, emoji, salt FROM reaction_states"
      " WHERE record IS NOT NULL ORDER BY record, id");
  std::vector<Digest> leaves;
  std::optional<std::int64_t> record;
  while (row.step()) {
    const auto next = row.get<std::int64_t>(1);
    if (record && next != *record) {
      check_group(*record, leaves, report);
      leaves.clear();
    }
    record = next;
    const auto leaf = leaf_of_row(row);
    if (!leaf)
      report.add("reaction_states, " + row.get<std::string>(0) +
                 ": isn't what was done: its hash is another one.");
    leaves.push_back(leaf.value_or(Digest{}));
    if (!row.get<std::optional<std::int64_t>>(4)) ++in_tables_[row.get<std::string>(2)];
  }
  if (record) check_group(*record, leaves, report);
  for (const auto& [idx, said] : bound_)
    report.add("reaction_states: the " + std::to_string(said.count) + " that record " + std::to_string(idx) +
               " bound in are missing.");
}

// The server binds in at its first start what was there before; afterwards nothing stands unbound.
void ReactionsCheck::check_open(sqlite::Connection& db, TablesReport& report) const {
  const auto open =
      db.find<std::int64_t>("SELECT count(*) FROM reaction_states WHERE record IS NULL").value_or(0);
  if (open == 0) return;
  const auto since =
      db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'messages_v2_since'")
          .value_or(0);
  const auto started = db.find<std::int64_t>(
      "SELECT 1 FROM audit_records WHERE type = 'server.started' AND idx >= ? LIMIT 1", since);
  if (since == 0 || started)
    report.add("reaction_states: " + std::to_string(open) + " are bound in by no record.");
  else
    report.not_proven.push_back("reactions: " + std::to_string(open) +
                                " changes that the server will bind in when it starts");
}

void ReactionsCheck::check_standing(sqlite::Connection& db, TablesReport& report) const {
  // The newest of each person's changes with one emoji on one message says whether it stands.
  static constexpr sqlite::SqlPiece kByLog =
      "SELECT room_id, seq, user_id, emoji, at, number FROM (SELECT *, row_number() OVER"
      " (PARTITION BY room_id, seq, user_id, emoji ORDER BY record IS NULL, number DESC) AS place"
      " FROM reaction_states WHERE seq IS NOT NULL) WHERE place = 1 AND added = 1";
  static constexpr sqlite::SqlPiece kThere = "SELECT room_id, seq, user_id, emoji, at, number FROM reactions";
  static constexpr auto kForged = kThere + " EXCEPT " + kByLog;
  static constexpr auto kGone = kByLog + " EXCEPT " + kThere;
  const auto tell = [&report](sqlite::Cursor row, const std::string& what) {
    while (row.step())
      report.add("reactions, of person " + row.get<std::string>(2) + " on message " +
                 row.get<std::string>(1) + " of room " + row.get<std::string>(0) + ": " + what);
  };
  tell(db.query(kForged), "it is there, and by the log it isn't, or not so.");
  tell(db.query(kGone), "by the log it is there, and it isn't, or not so.");
}

void ReactionsCheck::check_removed(TablesReport& report) const {
  for (const auto& [room, removed] : in_tables_) {
    const auto said = by_log_.find(room);
    const std::int64_t by_log = said == by_log_.end() ? 0 : said->second;
    if (removed != by_log)
      report.add("reaction_states, room " + room + ": " + std::to_string(removed) +
                 " have lost what they were, and by the log " + std::to_string(by_log) + " have.");
  }
}

void ReactionsCheck::compare(sqlite::Connection& db, TablesReport& report) {
  check_bound(db, report);
  check_open(db, report);
  check_standing(db, report);
  check_removed(report);
  report.confirmed.push_back("reactions: " + std::to_string(proven_) +
                             " that were added or taken back against the log");
}

}  // namespace wardroom::evidence
