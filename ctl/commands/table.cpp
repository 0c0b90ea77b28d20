#include "ctl/commands/table.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <ostream>

#include "common/base/utf8.hpp"

namespace wardroom::ctl {
namespace {

std::string formatted(TimePoint time, const char* form) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  ::localtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), form, &parts)};
}

}  // namespace

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], count_code_points(row[i]));
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - count_code_points(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
  }
}

std::string local_minute(TimePoint time) {
  return formatted(time, "%Y-%m-%d %H:%M");
}
std::string local_second(TimePoint time) {
  return formatted(time, "%Y-%m-%d %H:%M:%S");
}

}  // namespace wardroom::ctl
