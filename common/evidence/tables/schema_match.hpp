#pragma once

#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// Tables, indexes, triggers and views against those that the migrations make. An error when the schema is of
// a version that this program doesn't know, or older than its own: the tables can't be compared then.
Result<void> match_schema(sqlite::Connection& db, TablesReport& report);

}  // namespace wardroom::evidence
