#include "server/audit/denial_log.hpp"

#include "server/audit/window.hpp"

namespace wardroom::audit {

void DenialLog::append(store::WriteTx& tx, const Record& record) {
  const Key key{record.actor.id, record.target.name, record.reason};
  remember(tx, key);
  const auto known = bursts_.find(key);
  if (known != bursts_.end() && !is_over(known->second.since, tx.now)) {
    ++known->second.further;
    known->second.newest = record;
    return;
  }
  if (known != bursts_.end()) append_further(tx, std::move(known->second));
  append_record(tx, record);
  bursts_.insert_or_assign(key, Burst{tx.now, 0, record});
}

void DenialLog::flush(store::WriteTx& tx, bool all) {
  for (auto at = bursts_.begin(); at != bursts_.end();) {
    if (!all && !is_over(at->second.since, tx.now)) {
      ++at;
      continue;
    }
    remember(tx, at->first);
    append_further(tx, std::move(at->second));
    at = bursts_.erase(at);
  }
}

void DenialLog::remember(store::WriteTx& tx, const Key& key) {
  const auto found = bursts_.find(key);
  const auto before = found == bursts_.end() ? std::optional<Burst>() : std::optional(found->second);
  tx.undo.push_back([this, key, before] {
    if (before)
      bursts_.insert_or_assign(key, *before);
    else
      bursts_.erase(key);
  });
}

void DenialLog::append_further(store::WriteTx& tx, Burst burst) {
  if (burst.further == 0) return;
  burst.newest.after = {{"further", burst.further}};
  append_record(tx, burst.newest);
}

}  // namespace wardroom::audit
