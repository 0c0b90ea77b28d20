#include "ctl/commands/lines.hpp"

#include "common/base/utf8.hpp"

namespace wardroom::ctl {

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    const bool ends = (c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
    if (!ends) {
      lines.back().append(text, start, at - start);
      continue;
    }
    if (c == U'\r' && at < text.size() && text[at] == '\n') ++at;
    lines.emplace_back();
  }
  return lines;
}

std::string set_in(std::string_view text, std::size_t columns) {
  const auto lines = split_lines(text);
  std::string out;
  for (const auto& line : lines) {
    if (&line != &lines.front()) out.append(1, '\n').append(columns, ' ');
    out += line;
  }
  return out;
}

}  // namespace wardroom::ctl
