#pragma once

#include <memory>

#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// Checks what the log vouches for in a server's database, which nobody changes meanwhile: the schema, each
// state of each message against the hashes that the log bound in, the evidence of reports against its hash,
// and the rows of accounts, sessions, rooms and decisions against those that the records lead to. It trusts
// the records: check_database() checks them. One pass a table; what it keeps in memory grows with people,
// rooms and decisions, not with messages. An error when the database can't be read or is of another schema.
Result<TablesReport> check_tables(sqlite::Connection& db);

// What SQLite's own check says: pages that are damaged, and indexes that don't say what their tables do. An
// entry that somebody put into an index finds a row by a value that it doesn't have, such as a session by a
// token of theirs, and every row agrees with the log. Reads the whole file.
void check_pages(sqlite::Connection& db, TablesReport& report);

// The same check in pieces, each in a read transaction of the caller's, while the office goes on: records are
// replayed and messages met with their hashes bit by bit, and the small tables compared at the end, as of
// that moment. What is changed behind its back in a part that it has passed is found by the next check.
class TablesCheck {
 public:
  TablesCheck();
  ~TablesCheck();

  // The next piece. False when no whole one is left.
  Result<bool> step(sqlite::Connection& db);
  // The rest, in one go. Call once.
  Result<TablesReport> finish(sqlite::Connection& db);

 private:
  class Replay;

  Result<void> begin(sqlite::Connection& db);
  bool replay(sqlite::Connection& db);

  std::unique_ptr<Replay> replay_;
  TablesReport report_;
  std::int64_t next_record_ = 0;
  bool has_begun_ = false;
};

}  // namespace wardroom::evidence
