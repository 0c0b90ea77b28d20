#include "server/audit/tree.hpp"

#include <algorithm>

#include "common/sqlite/transaction.hpp"

namespace wardroom::audit {
namespace {

std::optional<Bytes> find_node(sqlite::Connection& db, tlog::NodeId id) {
  return id.level == 0
             ? db.find<Bytes>("SELECT leaf FROM audit_records WHERE idx = ?", id.index)
             : db.find<Bytes>("SELECT hash FROM audit_nodes WHERE number = ?", tlog::completion_number(id));
}

}  // namespace

void append_nodes(sqlite::Connection& db, std::int64_t size) {
  const auto read = node_reader(db);
  const int levels = tlog::levels_completed_by(size);
  if (levels == 0) return;
  Digest hash = read({0, size - 1});
  for (int level = 1; level <= levels; ++level) {
    const tlog::NodeId id{level, (size >> level) - 1};
    hash = tlog::node_hash(read({level - 1, id.index * 2}), hash);
    db.run("INSERT INTO audit_nodes (number, hash) VALUES (?, ?)", tlog::completion_number(id), hash);
  }
}

tlog::ReadNode node_reader(sqlite::Connection& db) {
  return [&db](tlog::NodeId id) { return to_digest(find_node(db, id)).value_or(Digest{}); };
}

Result<void> complete_nodes(sqlite::Connection& db) {
  const auto size = db.find<std::int64_t>("SELECT coalesce(max(idx) + 1, 0) FROM audit_records").value_or(0);
  const auto nodes =
      db.find<std::int64_t>("SELECT coalesce(max(number) + 1, 0) FROM audit_nodes").value_or(0);
  if (nodes > 0 || size < 2) return db.failure() ? Result<void>(*db.failure()) : ok();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  for (std::int64_t n = 2; n <= size; ++n) append_nodes(db, n);
  return transaction.commit();
}

}  // namespace wardroom::audit
