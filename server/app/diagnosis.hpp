#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/sqlite/slow_statements.hpp"
#include "protocol/methods/server_stats.hpp"
#include "server/app/options.hpp"
#include "server/app/tar_file.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What somebody elsewhere needs to find out why an office is slow or doesn't start. Without names nothing in
// it was written or chosen by a person: no message, no name, no address, no path.
struct DiagnosisSources {
  ops::DataDir dir;
  TimePoint now;
  bool with_names = false;
  // Runs a program and returns what it printed.
  std::function<Result<std::string>(const std::vector<std::string>& command)> run;
};
std::vector<TarEntry> collect_diagnosis(const DiagnosisSources& from);

// What stands in them is the program's own words and numbers.
std::string describe_alarms(const std::vector<protocol::ServerAlarm>& alarms);

// The longest first; what a person may have written within quotes is withheld.
std::string describe_slow_statements(const std::vector<sqlite::SlowStatements::Row>& rows);

}  // namespace wardroom::app
