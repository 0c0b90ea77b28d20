#pragma once

#include "server/audit/record.hpp"
#include "server/store/write_job.hpp"

// The audit log in the database: append-only records, each with its RFC 6962 leaf hash.
namespace wardroom::audit {

// Appends within the transaction of the change that the record speaks of: both commit or neither does.
void append_record(store::WriteTx& tx, const Record& record);

// The record `messages.committed` of a commit group, when the group stored messages. Call before each COMMIT.
void append_commitments(store::WriteTx& tx);

std::int64_t count_records(sqlite::Connection& db);

}  // namespace wardroom::audit
