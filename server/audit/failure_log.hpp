#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <unordered_map>

#include "server/audit/log.hpp"

namespace wardroom::audit {

// Keeps failures from filling the disk: from one network (domain::network_of) the first 20 of a minute become
// records, the rest one counted summary when the minute is over. Unless said otherwise it lives on the writer
// thread.
class FailureLog {
 public:
  void append(store::WriteTx& tx, const Record& record);
  // Writes the summaries of minutes that are over, or of all; call at least once a minute.
  void flush(store::WriteTx& tx, bool all = false);
  // All since the start. Any thread.
  std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  struct Source {
    TimePoint since;
    int records = 0;
    std::int64_t suppressed = 0;
  };
  // What it counts belongs to the transaction: a summary that isn't kept must be written again.
  void remember(store::WriteTx& tx, const std::string& network);
  void summarise(store::WriteTx& tx, const std::string& network, Source& source);

  std::unordered_map<std::string, Source> sources_;  // by network
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace wardroom::audit
