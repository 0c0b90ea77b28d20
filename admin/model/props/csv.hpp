#pragma once

#include <cstdint>
#include <string>

namespace wardroom::admin {

// The dialog that saves a list to a file.
struct CsvProps {
  std::uint64_t serial = 0;  // 0: nothing is asked; another number than before: its fields start over
  std::string title;         // "Save people"
  std::string path;          // pre-fills the field
  bool busy = false;         // rows are fetched, or the file is being written
  std::string progress;      // "Fetching: 400 rows"
  std::string error;
};

}  // namespace wardroom::admin
