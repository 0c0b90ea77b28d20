#pragma once

#include <memory>

#include "common/evidence/cosigned_times.hpp"
#include "common/evidence/log_check.hpp"
#include "common/evidence/time_check.hpp"
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

// The same check in pieces, each in a read transaction of the caller's, while the log grows. What it keeps in
// memory doesn't grow with the log.
class DatabaseCheck {
 public:
  // An error when an option isn't well-formed.
  static Result<std::unique_ptr<DatabaseCheck>> make(const CheckOptions& options);
  DatabaseCheck(const DatabaseCheck&) = delete;
  DatabaseCheck& operator=(const DatabaseCheck&) = delete;

  // The next thousand records. False when there were fewer.
  Result<bool> step(sqlite::Connection& db);
  // The rest, in one go. Call once.
  Result<LogReport> finish(sqlite::Connection& db);
  // Records that were checked so far.
  std::int64_t size() const { return log_.size(); }

 private:
  class Along;
  struct Beside;  // what is read along with the records of one step
  struct PrunedRange {
    std::int64_t by = 0, first = 0, last = -1;  // the record audit.pruned, and what it covers
    std::int64_t count = 0;                     // how many in it
    int rule = 1;
  };

  DatabaseCheck(const CheckOptions& options, std::optional<tlog::VerifierKey> expected,
                std::vector<tlog::Checkpoint> given);
  static std::vector<PrunedRange> load_pruned(sqlite::Connection& db);
  void meet_node(const Digest& computed);
  void tell_of_node();
  void tell_of_foreign_group(std::int64_t idx);
  void check_record(const sqlite::Cursor& row);
  void check_group(std::int64_t idx, const Committed& said);
  void check_pruned(const sqlite::Cursor& row, std::int64_t idx);
  void check_pruned_count(sqlite::Connection& db);
  void check_heads();
  void check_cosigned_heads();
  void check_ends(sqlite::Connection& db);
  void check_strays_of_witnesses(sqlite::Connection& db);
  void check_given(const std::vector<tlog::VerifierKey>& keys);

  const CheckOptions options_;
  const std::optional<tlog::VerifierKey> expected_;
  LogReport report_;
  LogCheck log_;
  TimeCheck times_;
  CosignedTimes cosigned_times_;
  Beside* beside_ = nullptr;  // during a step
  std::int64_t next_node_ = 0;
  bool node_differs_ = false;                // told once
  bool is_broken_ = false;                   // a record is missing
  std::optional<std::int64_t> first_group_;  // the record of the first stored group
  std::int64_t older_groups_ = 0, messages_ = 0, heads_ = 0, cosigned_ = 0;
};

}  // namespace wardroom::evidence
