#pragma once

#include "server/store/write_job.hpp"

// Forgets the lines of old records; their hashes stay. Never those of keys, pruning, restored backups,
// clocks, erasure, retention and holds, which explain what else is missing, nor those of messages.committed
// and reactions.committed, which hold no person's data and prove texts; nor those that lead to a row that is
// still there and says or gives something; nor what a standing hold covers: records whose actor or subject is
// held.
namespace wardroom::audit {

struct Prunable {
  std::int64_t records = 0;
  std::int64_t kept = 0;  // as old, but not to be pruned
  std::int64_t held = 0;  // of these, for a hold
  std::int64_t first = 0;
  std::int64_t last = -1;  // of those that can be pruned
};
// By which rule a pruning went, as its record says: the first, of records that name none, kept fewer types.
inline constexpr int kPruningRule = 2;

// Reads every old record: for a reader thread.
Prunable count_prunable(sqlite::Connection& db, TimePoint before);

struct PrunedRange {
  std::int64_t count = 0;
  std::int64_t first = 0;
  std::int64_t last = -1;
};
// Among the records from `first` to `last`, both included, within what count_prunable() gave.
PrunedRange prune_records(sqlite::Connection& db, std::int64_t first, std::int64_t last, TimePoint before);

}  // namespace wardroom::audit
