#pragma once

#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// Checks what the log vouches for in a server's database, which nobody changes meanwhile: the schema, each
// state of each message against the hashes that the log bound in, the evidence of reports against its hash,
// and the rows of accounts, sessions, rooms and decisions against those that the records lead to. It trusts
// the records: check_database() checks them. One pass a table; holds the hashes of all messages in memory, 48
// bytes each. An error when the database can't be read or is of another schema.
Result<TablesReport> check_tables(sqlite::Connection& db);

}  // namespace wardroom::evidence
