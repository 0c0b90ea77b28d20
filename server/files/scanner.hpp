#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace wardroom::files {

// What a virus scanner says of a file.
struct Scan {
  enum class Verdict {
    clean,
    infected,
    unknown,  // the scanner didn't look at it
  };
  Verdict verdict = Verdict::unknown;
  std::string text;        // infected: what it is called; unknown: why, for the log
  bool too_large = false;  // unknown, and no later try will tell
};

// Has clamd look at a file, through its socket. The bytes go there by INSTREAM (clamd(8)), so that clamd
// needs no right to read anything of ours. Blocks until the answer, two minutes of silence, or `stopped`. An
// error only where the file itself can't be read.
Result<Scan> scan_file(const std::string& socket, const std::filesystem::path& file,
                       const std::atomic<bool>& stopped);

// What an answer of clamd's to INSTREAM means, without the zero byte at its end.
Scan parse_scan(std::string_view answer);

}  // namespace wardroom::files
