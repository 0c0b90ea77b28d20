#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/evidence/bundle_witnesses.hpp"
#include "common/evidence/log_check.hpp"

namespace wardroom::evidence {

// The records' times against those at which devices cosigned the log, by their own clocks: what was under the
// head bears no later one, what came behind it no earlier one. Five minutes are let pass. Records and
// cosignatures are given in the log's order; a cosignature of `size` records behind the last of them.
//
// Where a record says that the clock was set back, it begins anew: what stood before may bear any later time,
// and what comes behind an earlier one. That it was, and where, the check of the times tells.
class CosignedTimes {
 public:
  void meet(std::string_view ts, std::string_view type, LogReport& report);
  void vouch(const std::string& name, std::int64_t size, const tlog::Cosignature& cosignature,
             LogReport& report);

 private:
  struct Voucher {
    std::string name;
    std::int64_t size = 0;
    std::string at;
  };
  // RFC 3339 to the second, which sorts as text.
  std::string last_, latest_;                   // of the records since the clock was set back
  bool was_set_back_ = false;                   // when it was set last
  std::multimap<std::string, Voucher> behind_;  // by the earliest time that is let pass from there on
};

struct RecordTime {
  std::int64_t idx = 0;
  std::string ts, type;
};

// The same of a bundle: each record whose bytes are there, in order, and what devices cosigned, in any. What
// isn't proven by it.
std::vector<std::string> compare_times(const std::vector<RecordTime>& records,
                                       std::vector<WitnessEntry> cosigned);

}  // namespace wardroom::evidence
