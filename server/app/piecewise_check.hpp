#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/evidence/database_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "server/audit/record.hpp"

namespace wardroom::app {

// What a check of the whole office found. A value.
struct CheckOutcome {
  std::int64_t records = 0;  // of the log
  std::int64_t wrong = 0;    // how many things don't hold
  std::int64_t unproven = 0;
  std::vector<std::string> findings;    // the first ones, a sentence each
  std::vector<std::string> covered;     // what was compared
  std::vector<std::string> not_proven;  // what nothing can prove, or this check didn't

  bool is_sound() const { return wrong == 0 && unproven == 0; }
  void add(std::string finding) {
    ++wrong;
    if (findings.size() < 100) findings.push_back(std::move(finding));
  }
};

// What `wardroomd check` checks of the database, in pieces of some milliseconds, each in a read transaction
// of the caller's, while the office goes on: SQLite's pages and keys table by table, the rooms' counters, the
// audit log, the tables against it.
class PiecewiseCheck {
 public:
  PiecewiseCheck();

  // The next piece. False when only finish() is left.
  Result<bool> step(sqlite::Connection& db);
  // The rest, in one go: what came meanwhile, and the tables that are compared as of one moment. Call once.
  Result<CheckOutcome> finish(sqlite::Connection& db);

 private:
  enum class Part { tables, rooms, log, replay, done };

  bool check_table(sqlite::Connection& db);
  bool check_room(sqlite::Connection& db);

  Part part_ = Part::tables;
  std::string table_;      // the last one that was looked through
  std::int64_t room_ = 0;  // the same
  std::int64_t tables_ = 0, rooms_ = 0;
  std::unique_ptr<evidence::DatabaseCheck> log_;
  evidence::TablesCheck replay_;
  CheckOutcome outcome_;
};

// The record server.integrity_checked of it, with the first few findings.
audit::Record describe_check(const CheckOutcome& outcome, std::chrono::seconds took);

}  // namespace wardroom::app
