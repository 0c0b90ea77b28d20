#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace wardroom::commands {

// What an office allows of files; the options of [files].
struct FileLimits {
  std::int64_t file_bytes = std::int64_t{100} << 20;
  std::int64_t person_bytes = std::int64_t{10} << 30;
  std::int64_t office_bytes = std::int64_t{100} << 30;
  std::int64_t free_bytes = std::int64_t{2} << 30;  // that stay free on the disk
  std::int64_t open_uploads = 20;                   // of one person
  std::vector<std::string> refused_types;  // as libmagic names them; "application/*" is all of a kind
  std::string scanner;                     // clamd's socket; empty: nobody is asked
  bool takes_unscanned = false;            // when the scanner doesn't look at a file
  bool guests_send = true;
  bool records_downloads = false;
  std::chrono::hours unposted{24};  // how long what is posted nowhere stays
};

}  // namespace wardroom::commands
