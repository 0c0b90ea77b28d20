#include "bench/process_usage.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace wardroom::bench {
namespace {

// The number behind `name` in a file of lines such as "Pss:  1234 kB".
double kib_in(const std::string& file, const std::string& name) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1));
  return 0;
}

}  // namespace

double cpu_seconds_of(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto behind_name = text.rfind(')');  // the program's name may hold anything
  if (behind_name == std::string::npos) return 0;
  std::istringstream fields(text.substr(behind_name + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;  // proc(5): fields 14 and 15
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double rss_mib_of(int pid) {
  return kib_in("/proc/" + std::to_string(pid) + "/status", "VmRSS") / 1024;
}

double pss_kib_of(int pid) {
  return kib_in("/proc/" + std::to_string(pid) + "/smaps_rollup", "Pss");
}

}  // namespace wardroom::bench
