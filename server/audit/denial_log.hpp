#pragma once

#include <map>
#include <string>
#include <tuple>

#include "server/audit/log.hpp"

namespace wardroom::audit {

// Refusals for lack of a right. Of one person, method and reason the first of a minute becomes a record at
// once, the others one record when the minute is over, with their number in `further`: however many there
// are, each person and method stands in the log. Lives on the writer thread.
class DenialLog {
 public:
  // `record` has the person as its actor and the method as its target.
  void append(store::WriteTx& tx, const Record& record);
  // Writes what was counted in minutes that are over, or in all; call at least once a minute.
  void flush(store::WriteTx& tx, bool all = false);

 private:
  using Key = std::tuple<UserId, std::string, std::string>;  // person, method, reason
  struct Burst {
    TimePoint since;
    std::int64_t further = 0;
    Record newest;
  };
  // What it counts belongs to the transaction: a record that isn't kept must be written again.
  void remember(store::WriteTx& tx, const Key& key);
  static void append_further(store::WriteTx& tx, Burst burst);

  std::map<Key, Burst> bursts_;
};

}  // namespace wardroom::audit
