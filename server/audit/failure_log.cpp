#include "server/audit/failure_log.hpp"

namespace wardroom::audit {
namespace {

constexpr int kRecordsAMinute = 20;
constexpr std::chrono::minutes kWindow{1};

}  // namespace

void FailureLog::append(store::WriteTx& tx, const Record& record) {
  Source& source = sources_[record.ip];
  if (tx.now - source.since >= kWindow) {
    summarise(tx, record.ip, source);
    source = {tx.now, 0, 0};
  }
  if (source.records < kRecordsAMinute) {
    ++source.records;
    append_record(tx, record);
  } else {
    ++source.suppressed;
  }
}

void FailureLog::flush(store::WriteTx& tx) {
  for (auto at = sources_.begin(); at != sources_.end();) {
    if (tx.now - at->second.since < kWindow) {
      ++at;
      continue;
    }
    summarise(tx, at->first, at->second);
    at = sources_.erase(at);
  }
}

void FailureLog::summarise(store::WriteTx& tx, const std::string& ip, Source& source) {
  if (source.suppressed == 0) return;
  Record record{.type = Type::login_throttled, .outcome = Outcome::denied, .ip = ip};
  record.after = R"({"suppressed":)" + std::to_string(source.suppressed) + "}";
  append_record(tx, record);
}

}  // namespace wardroom::audit
