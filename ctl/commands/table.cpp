#include "ctl/commands/table.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <ostream>

#include "common/base/local_time.hpp"
#include "common/text/unicode.hpp"
#include "ctl/commands/lines.hpp"

namespace wardroom::ctl {
namespace {

std::string formatted(TimePoint time, const char* form) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  const std::tm parts = local_time(seconds).value_or(std::tm{});
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), form, &parts)};
}

}  // namespace

void Table::print(std::ostream& out) const {
  const std::size_t columns = rows_.front().size();
  std::vector<std::size_t> widths(columns, 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      for (const auto& line : split_lines(row[i])) widths[i] = std::max(widths[i], text::count_columns(line));
  for (const auto& row : rows_) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const auto& cell : row) height = std::max(height, cells.emplace_back(split_lines(cell)).size());
    for (std::size_t n = 0; n < height; ++n) {
      // The further lines of a cell stay in their column; of the first column they are set in.
      std::string line;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string part = n < cells[i].size() ? cells[i][n] : "";
        if (i == 0 && n > 0 && !part.empty()) line += "    ";
        line += part;
        if (i + 1 < cells.size()) line.append(widths[i] - text::count_columns(part) + 2, ' ');
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << "\n";
    }
  }
}

std::string local_minute(TimePoint time) {
  return formatted(time, "%Y-%m-%d %H:%M");
}
std::string local_second(TimePoint time) {
  return formatted(time, "%Y-%m-%d %H:%M:%S");
}

}  // namespace wardroom::ctl
