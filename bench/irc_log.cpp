#include "bench/irc_log.hpp"

#include <fstream>

#include "common/base/utf8.hpp"

namespace wardroom::bench {
namespace {

std::string repaired(std::string_view text) {
  std::string utf8;
  if (is_valid_utf8(text)) {
    utf8 = text;
  } else {
    for (const char c : text) append_code_point(utf8, static_cast<unsigned char>(c));
  }
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (!is_control(c)) append_code_point(out, c);
  }
  return out;
}

}  // namespace

Result<std::vector<SaidLine>> load_irc_log(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return unavailable("Can't read " + file.string() + ".");
  std::vector<SaidLine> lines;
  for (std::string line; std::getline(stream, line);) {
    const auto open = line.find("] <");
    const auto close = line.find("> ", open == std::string::npos ? 0 : open);
    if (!line.starts_with('[') || open == std::string::npos || close == std::string::npos) continue;
    SaidLine said{repaired(line.substr(open + 3, close - open - 3)), repaired(line.substr(close + 2))};
    if (said.text.find_first_not_of(" \t") != std::string::npos) lines.push_back(std::move(said));
  }
  return lines;
}

}  // namespace wardroom::bench
