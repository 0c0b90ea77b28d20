#pragma once

#include "server/store/write_job.hpp"

namespace wardroom::audit {

// The record `reactions.committed` of a commit group that stored reactions: how many were added or taken
// back, and the Merkle root of their commitments, in the order of reaction_states.id. They aren't among the
// states of messages.committed: a bundle leaves them out, and its counts are of messages.
void append_reactions(store::WriteTx& tx);

// Binds in what stood before reactions were bound, as the migration found it. Only before the server's first
// start since then: whatever stands unbound later is a forgery, and stays unbound.
Result<void> seal_reactions(sqlite::Connection& db, TimePoint now);

}  // namespace wardroom::audit
