#pragma once

#include <map>
#include <set>

#include "common/evidence/tables/replayed_table.hpp"

namespace wardroom::evidence {

// What stands beside the log and follows from its records: the exports that were taken out of it, the ends of
// the chains by which records of messages name each other, the devices that vouch for it.
class LogTablesReplay {
 public:
  void take(const Act& act);
  void note_pruned(std::int64_t idx, std::string_view type);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  using Chain = std::pair<std::string, std::int64_t>;  // kind and id

  void take_export(const Act& act);
  void take_counts(const Act& act);
  void check_link(const Act& act, const Chain& chain, std::int64_t before);
  void compare_chains(sqlite::Connection& db, TablesReport& report) const;
  void compare_chain_rows(const std::map<Chain, std::int64_t>& rows, TablesReport& report) const;
  void compare_groups(sqlite::Connection& db, TablesReport& report) const;
  void compare_devices(sqlite::Connection& db, TablesReport& report) const;

  // Who made a device's key known, and with which record.
  struct Device {
    std::int64_t record = 0;
    std::string person;
  };
  ReplayedTable exports_{"exports",
                         {"by_id", "first", "last", "size", "person", "room", "since", "until", "files"},
                         {"audit.exported"},
                         {"audit.exported"}};
  std::map<Chain, std::int64_t> chains_;   // the newest record that counts each
  std::map<std::string, Device> devices_;  // by key, as of the newest record of each
  bool lost_devices_ = false;              // a version of before pruned such records
  std::vector<std::string> wrong_counts_;
  std::int64_t last_record_ = -1;  // that was met
  std::int64_t since_ = -1;        // the record from which on the log counts, as the records say
  std::int64_t first_group_ = -1;  // record of messages since the log counts
  std::int64_t groups_ = 0;        // such records
};

}  // namespace wardroom::evidence
