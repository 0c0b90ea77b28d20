#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace wardroom::admin {

// The fields for a path of this PC.
enum class PathField { csv, import_file, invite_sheet, evidence };

// What the desktop's dialog for files came to.
struct BrowseProps {
  std::optional<PathField> asking;  // it is open for this field
  std::uint64_t chosen = 0;         // grows with every path that was chosen: it goes into its field
  PathField field = PathField::csv;
  std::string path;
  bool no_dialog = false;  // the desktop has none: the path is typed
};

}  // namespace wardroom::admin
