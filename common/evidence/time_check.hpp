#pragma once

#include "common/evidence/log_check.hpp"
#include "common/evidence/record_line.hpp"

namespace wardroom::evidence {

// Whether it is a record that may bear an earlier time than the one before it.
bool says_clock_was_set(const RecordLine& line);

// The times of a log's records, one after the other: a time never lies before the one of the record before,
// but at a record server.clock_jump or server.clock_confirmed, which says that the clock was set. So nothing
// is dated back without the log naming where.
class TimeCheck {
 public:
  void meet(std::int64_t idx, const RecordLine& line, LogReport& report);
  // A record whose body is gone: what it said of the clock can't be known, so the next one starts over.
  void skip() { before_.clear(); }
  // Names the places at which the clock was set back.
  void report(LogReport& report) const;

 private:
  std::string before_;  // RFC 3339, which sorts as text; empty: not known
  std::int64_t set_back_ = 0;
  std::vector<std::string> places_;  // the first few
};

}  // namespace wardroom::evidence
