#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "common/base/bytes.hpp"
#include "common/evidence/tables/act.hpp"
#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// The rows of `files` against what messages bind of the files that they carry, and those that no message
// carries yet against their records file.uploaded. Whether the bytes are there is wardroomd's to say.
class FilesCheck {
 public:
  void take(const Act& act);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  void check_carried(sqlite::Connection& db, TablesReport& report);
  void check_foreign(sqlite::Connection& db, TablesReport& report) const;
  void check_unposted(sqlite::Connection& db, TablesReport& report);

  // The commitments of the newest uploads, by their ids. What is unposted is a day old at most.
  std::unordered_map<std::string, std::string> uploaded_;
  std::deque<std::string> order_;
  std::int64_t carried_ = 0, unposted_ = 0;
};

}  // namespace wardroom::evidence
