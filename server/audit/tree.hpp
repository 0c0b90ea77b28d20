#pragma once

#include "common/sqlite/connection.hpp"
#include "common/tlog/merkle.hpp"

// The log's Merkle tree in the database: leaves in audit_records, what is complete above them in audit_nodes.
namespace wardroom::audit {

// The nodes that the newest record, whose leaf is already stored, completes: one on average.
void append_nodes(sqlite::Connection& db, std::int64_t size);

// Reads nodes of the connection's present snapshot. A node that isn't there is zero; failures stick to the
// connection, which outlives the reader.
tlog::ReadNode node_reader(sqlite::Connection& db);

// Adds the nodes that a database of an earlier version lacks, in one transaction.
Result<void> complete_nodes(sqlite::Connection& db);

}  // namespace wardroom::audit
