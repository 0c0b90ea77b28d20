#pragma once

#include "server/audit/commitment_counts.hpp"
#include "server/audit/record.hpp"
#include "server/store/write_job.hpp"

// The audit log in the database: append-only records, each with its RFC 6962 leaf hash.
namespace wardroom::audit {

// Appends within the transaction of the change that the record speaks of: both commit or neither does.
void append_record(store::WriteTx& tx, const Record& record);

// The records `messages.committed` and `reactions.committed` of a commit group, when the group stored
// messages or reactions. Call before each COMMIT. `counts` is the writer's, always the same.
void append_commitments(store::WriteTx& tx, CommitmentCounts& counts);

std::int64_t count_records(sqlite::Connection& db);

}  // namespace wardroom::audit
