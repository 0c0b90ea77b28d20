#include "server/audit/log.hpp"

#include <algorithm>

#include "common/tlog/merkle.hpp"
#include "server/audit/bound_reactions.hpp"
#include "server/audit/columns.hpp"
#include "server/audit/message_form.hpp"
#include "server/audit/tree.hpp"

namespace wardroom::audit {

namespace {

struct NextRecord {
  AuditIndex idx;
  TimePoint at;
};

// The log's time goes back only at a record that says that the clock was set.
bool may_go_back(Type type) {
  return type == Type::clock_jump || type == Type::clock_confirmed;
}

NextRecord find_place(const store::WriteTx& tx, Type type) {
  auto newest = tx.db.query("SELECT idx, at FROM audit_records ORDER BY idx DESC LIMIT 1");
  if (!newest.step()) return {AuditIndex{0}, tx.now};
  const AuditIndex idx{newest.get<std::int64_t>(0) + 1};
  return {idx, may_go_back(type) ? tx.now : std::max(tx.now, newest.get<TimePoint>(1))};
}

void append_at(store::WriteTx& tx, const Record& record, const NextRecord& place) {
  const auto& [idx, at] = place;
  const std::string line = compose_line(record, idx, at);
  const Digest leaf = tlog::leaf_hash(as_bytes(line));
  const auto optional_id = [](std::int64_t id) { return id > 0 ? std::optional(id) : std::nullopt; };
  tx.db.run(
      "INSERT INTO audit_records (idx, at, type, outcome, actor_id, room_id, target_user, address, leaf, "
      "line) VALUES (?,?,?,?,?,?,?,?,?,?)",
      idx, at, catalogue_row(record.type).name, to_string(record.outcome), optional_id(record.actor.id.value),
      optional_id(record.room.value), target_user(record), address(record), leaf, line);
  tx.records.push_back(leaf);
  append_nodes(tx.db, idx.value + 1);
}

// Its number stands in other tables, too: asked for once.
void append_messages(store::WriteTx& tx, CommitmentCounts& counts) {
  if (tx.commitments.empty()) return;
  std::vector<Digest> leaves;
  leaves.reserve(tx.commitments.size());
  for (const auto& state : tx.commitments) leaves.push_back(tlog::leaf_hash(state.commitment));
  Record record{.type = Type::messages_committed};
  record.after = {{"count", leaves.size()}, {"root", to_hex(tlog::root_of(leaves))}};
  const NextRecord place = find_place(tx, record.type);
  counts.add_to(record.after, tx, place.idx);
  add_form(tx, record.after);
  // Not INSERT … SELECT: decision record 0062.
  const auto last = tx.db.find<std::int64_t>("SELECT max(id) FROM messages").value_or(0);
  tx.db.run("INSERT INTO audit_groups (idx, last_message, leaves) VALUES (?, ?, ?)", place.idx, last,
            std::as_bytes(std::span(leaves)));
  append_at(tx, record, place);
}

}  // namespace

void append_record(store::WriteTx& tx, const Record& record) {
  append_at(tx, record, find_place(tx, record.type));
}

void append_commitments(store::WriteTx& tx, CommitmentCounts& counts) {
  append_messages(tx, counts);
  append_reactions(tx);
}

std::int64_t count_records(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT coalesce(max(idx) + 1, 0) FROM audit_records").value_or(0);
}

}  // namespace wardroom::audit
