#pragma once

#include "common/evidence/log_check.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

struct CheckOptions {
  std::vector<std::string> heads;  // signed notes that were kept elsewhere; the log must begin as they say
  std::optional<std::string> key;  // that must have signed the log's heads or handed over; else the log's own
};

// Checks the audit log in a server's database, which nobody changes meanwhile (a read transaction is opened):
// each record's bytes against its hash and the columns by which it is searched, its time against the one
// before, the stored tree, the message groups against the roots in their records, the chain of keys, the
// stored heads and those given. An error when the database can't be read or an option isn't well-formed; what
// doesn't hold is in the report.
Result<LogReport> check_database(sqlite::Connection& db, const CheckOptions& options);

}  // namespace wardroom::evidence
