#pragma once

#include <map>
#include <string>

#include "common/base/bytes.hpp"
#include "common/evidence/tables/act.hpp"
#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// Each reaction that was added or taken back against the root in its record reactions.committed, and those
// that stand now against what that leads to.
class ReactionsCheck {
 public:
  void take(const Act& act);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  struct Bound {
    std::int64_t count = 0;
    std::string root;
  };

  void check_bound(sqlite::Connection& db, TablesReport& report);
  void check_group(std::int64_t record, const std::vector<Digest>& leaves, TablesReport& report);
  void check_open(sqlite::Connection& db, TablesReport& report) const;
  void check_standing(sqlite::Connection& db, TablesReport& report) const;
  void check_removed(TablesReport& report) const;

  std::map<std::int64_t, Bound> bound_;            // by index of reactions.committed; those not met yet
  std::map<std::string, std::int64_t> by_log_;     // states that retention removed, by room
  std::map<std::string, std::int64_t> in_tables_;  // and those of which only the hash is left
  std::int64_t proven_ = 0;
};

}  // namespace wardroom::evidence
