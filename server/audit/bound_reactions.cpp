#include "server/audit/bound_reactions.hpp"

#include "common/sqlite/transaction.hpp"
#include "common/tlog/merkle.hpp"
#include "server/audit/log.hpp"
#include "server/audit/message_form.hpp"
#include "server/store/reactions.hpp"

namespace wardroom::audit {

void append_reactions(store::WriteTx& tx) {
  if (tx.reactions.empty()) return;
  const AuditIndex idx{count_records(tx.db)};
  std::vector<Digest> leaves;
  leaves.reserve(tx.reactions.size());
  for (const auto& [state, commitment] : tx.reactions) {
    leaves.push_back(tlog::leaf_hash(commitment));
    store::bind_reaction(tx.db, state, idx, leaves.back());
  }
  Record record{.type = Type::reactions_committed};
  record.after = {{"count", leaves.size()}, {"root", to_hex(tlog::root_of(leaves))}};
  append_record(tx, record);
}

Result<void> seal_reactions(sqlite::Connection& db, TimePoint now) {
  const std::int64_t since = first_of_v2(db);
  const auto started = db.find<std::int64_t>(
      "SELECT 1 FROM audit_records WHERE type = 'server.started' AND idx >= ? LIMIT 1", since);
  if (since == 0 || started) return db.failure() ? Result<void>(*db.failure()) : ok();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  tx.reactions = store::load_open_reactions(db);
  append_reactions(tx);
  return transaction.commit();
}

}  // namespace wardroom::audit
