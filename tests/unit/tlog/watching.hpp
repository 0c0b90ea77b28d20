#pragma once

#include <string>

#include "common/tlog/watch.hpp"
#include "tests/harness/simulated_log.hpp"

// A PC that watches a simulated log.
namespace wardroom::test {

inline const TimePoint kStart = from_unix_ms(1795160000000);

// One comparison with a server that answers everything; false: the watch had nothing to ask.
inline bool compare(tlog::Watch& watch, SimulatedLog& log, TimePoint now) {
  bool asked = false;
  while (auto question = watch.next_question(now)) {
    asked = true;
    if (const auto* params = std::get_if<protocol::AuditConsistency::Params>(&*question))
      watch.answer(*params, log.consistency(*params), now);
    else if (const auto* key = std::get_if<protocol::AuditAddWitness::Params>(&*question))
      watch.answer(*key, log.add_witness(*key), now);
    else if (const auto* cosignature = std::get_if<protocol::AuditCosign::Params>(&*question))
      watch.answer(*cosignature, log.cosign(*cosignature), now);
    else
      watch.answer(Result<protocol::AuditCheckpoint::Result>(log.checkpoint(now)), now);
  }
  return asked;
}

// With a server that puts it on record.
inline bool settle(tlog::Watch& watch, TimePoint now, const std::string& reason = "looked into") {
  const auto asked = watch.ask_to_settle(reason);
  return asked && watch.answer(*asked, Result<protocol::Empty>(protocol::Empty{}), now);
}

inline tlog::Watch fresh() {
  tlog::Watch watch;
  watch.load(std::optional<tlog::WatchMemory>{}, kStart);
  return watch;
}

}  // namespace wardroom::test
