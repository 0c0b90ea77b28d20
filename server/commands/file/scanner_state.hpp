#pragma once

#include <cstdint>

namespace wardroom::commands {

// What the virus scanner did since the start, for metrics and alarms.
struct ScannerState {
  bool fails = false;            // the last file wasn't looked at
  std::uint64_t infected = 0;    // files in which it found something
  std::int64_t infected_at = 0;  // the last of them, in Unix milliseconds; 0: none
};

}  // namespace wardroom::commands
