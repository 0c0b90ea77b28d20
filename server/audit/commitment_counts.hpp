#pragma once

#include "server/audit/details.hpp"
#include "server/store/write_job.hpp"

// How many states of messages a record messages.committed binds in, for each room and author, so that a
// bundle about one of them shows that nothing is missing (docs/audit-format.md).
namespace wardroom::audit {

// A record counts at most this many pairs of room and author. Above it, which takes as many people who write
// in the same few milliseconds, the record counts none, and verifiers name the gap.
inline constexpr std::size_t kMaxCountedPairs = 200;

// Adds `states`, [room, author, states, record before of the room, record before of the author] each, where
// -1 is none since the log counts; and `since`, the first record that counts, or 0 when
// no record before it bound any state in.
void add_counts(store::WriteTx& tx, AuditIndex idx, Details& after);

}  // namespace wardroom::audit
