#pragma once

#include "common/evidence/log_check.hpp"
#include "common/evidence/record_line.hpp"

namespace wardroom::evidence {

// Whether it is a record that may bear an earlier time than the one before it.
bool says_clock_was_set(std::string_view type);

// The times of a log's records, one after the other: a time never lies before the one of the record before,
// but at a record server.clock_jump or server.clock_confirmed, which says that the clock was set. So nothing
// is dated back without the log naming where. Across records of which nothing but the hash is known it is
// compared with the last time that is: if it fell there, one of those may have said so.
class TimeCheck {
 public:
  void meet(std::int64_t idx, std::string_view ts, std::string_view type, LogReport& report);
  // A record of which not even the time is known.
  void skip() { is_after_gap_ = true; }
  // Names the places at which the clock was set back.
  void report(LogReport& report) const;

 private:
  std::string before_;  // RFC 3339, which sorts as text; empty: none yet
  bool is_after_gap_ = false;
  std::int64_t set_back_ = 0;
  std::vector<std::string> places_;  // the first few
};

}  // namespace wardroom::evidence
