#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::bench {

// One thing that somebody said.
struct SaidLine {
  std::string nick;
  std::string text;  // well-formed UTF-8 without control characters
};

// The messages of an IRC log with lines such as "[09:14] <nick> text"; joins, topics and what can't be read
// are left out. Bytes that aren't UTF-8 are read as Latin-1.
Result<std::vector<SaidLine>> load_irc_log(const std::filesystem::path& file);

}  // namespace wardroom::bench
