#pragma once

#include <map>

#include "common/base/bytes.hpp"
#include "common/evidence/tables/act.hpp"
#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// Each state that a message had against the hashes that the log bound in, both ways: no state without its
// hash, and no hash without its state but for those that retention removed.
class MessagesCheck {
 public:
  void take(const Act& act);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  struct Leaf {
    Digest hash;
    std::int64_t idx;  // of the group's record
    bool met;
  };
  struct State;

  void load_leaves(sqlite::Connection& db);
  bool meet(const Digest& commitment);
  void check_posted(sqlite::Connection& db, TablesReport& report);
  void check_changed(sqlite::Connection& db, TablesReport& report);
  void check_state(const State& state, TablesReport& report);
  void check_chains(sqlite::Connection& db, TablesReport& report);
  void check_missing(TablesReport& report) const;
  void check_erased(sqlite::Connection& db, TablesReport& report) const;

  std::vector<Leaf> leaves_;                    // by hash
  std::map<std::int64_t, std::string> groups_;  // time of messages.committed by its index
  std::string last_without_hashes_;             // time of the newest group of before they were stored
  std::int64_t removed_states_ = 0;             // by retention
  std::map<std::string, std::int64_t> erased_;  // texts, by room and author
  std::map<std::string, bool> trimmed_;         // rooms out of which retention removed messages
  std::int64_t proven_ = 0, erased_states_ = 0;
};

}  // namespace wardroom::evidence
