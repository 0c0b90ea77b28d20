#include "server/audit/failure_log.hpp"

#include "server/audit/window.hpp"
#include "server/domain/network.hpp"

namespace wardroom::audit {
namespace {

constexpr int kRecordsAMinute = 20;

}  // namespace

void FailureLog::append(store::WriteTx& tx, const Record& record) {
  count_.fetch_add(1, std::memory_order_relaxed);
  const std::string network = domain::network_of(record.ip);
  remember(tx, network);
  Source& source = sources_[network];
  if (is_over(source.since, tx.now)) {
    summarise(tx, network, source);
    source = {tx.now, 0, 0};
  }
  if (source.records < kRecordsAMinute) {
    ++source.records;
    append_record(tx, record);
  } else {
    ++source.suppressed;
  }
}

void FailureLog::flush(store::WriteTx& tx, bool all) {
  for (auto at = sources_.begin(); at != sources_.end();) {
    if (!all && !is_over(at->second.since, tx.now)) {
      ++at;
      continue;
    }
    remember(tx, at->first);
    summarise(tx, at->first, at->second);
    at = sources_.erase(at);
  }
}

void FailureLog::remember(store::WriteTx& tx, const std::string& network) {
  const auto found = sources_.find(network);
  const auto before = found == sources_.end() ? std::optional<Source>() : std::optional(found->second);
  tx.undo.push_back([this, network, before] {
    if (before)
      sources_[network] = *before;
    else
      sources_.erase(network);
  });
}

void FailureLog::summarise(store::WriteTx& tx, const std::string& network, Source& source) {
  if (source.suppressed == 0) return;
  Record record{.type = Type::login_throttled, .outcome = Outcome::denied, .ip = network};
  record.after = {{"suppressed", source.suppressed}};
  append_record(tx, record);
}

}  // namespace wardroom::audit
