#pragma once

#include <filesystem>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::ui {

// Where the fonts lie on this PC. The first five must exist; the others are for what they can't show.
struct FontFiles {
  std::filesystem::path regular;
  std::filesystem::path bold;
  std::filesystem::path italic;
  std::filesystem::path mono;
  std::filesystem::path emoji;                   // empty: emoji show as boxes
  std::vector<std::filesystem::path> fallbacks;  // asked in order for a character that the others lack
};

// Looks below the given folders, best choice first. An error names the packages that bring the fonts.
Result<FontFiles> find_font_files(const std::vector<std::filesystem::path>& folders);
// Below the folders where this operating system keeps fonts.
Result<FontFiles> find_font_files();

}  // namespace wardroom::ui
