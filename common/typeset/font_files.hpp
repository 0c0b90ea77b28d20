#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::typeset {

// The fonts that the programs look like, where they lie on this PC. The first four must exist; what they
// can't write is written in others (FallbackFonts).
struct FontFiles {
  std::filesystem::path regular;
  std::filesystem::path bold;
  std::filesystem::path italic;
  std::filesystem::path mono;
  std::filesystem::path emoji;  // empty: emoji show as boxes
};

// File names and where they lie.
using InstalledFonts = std::map<std::string, std::filesystem::path, std::less<>>;
// Where this operating system keeps fonts, and where a person does.
std::vector<std::filesystem::path> font_folders();
// How this system comes by the fonts that the programs need: a sentence.
std::string_view font_remedy();
// Below those folders.
InstalledFonts list_installed_fonts();
InstalledFonts list_fonts(const std::vector<std::filesystem::path>& folders);

// Best choice first. An error says how to come by fonts.
Result<FontFiles> find_font_files(const InstalledFonts& installed);
Result<FontFiles> find_font_files();

}  // namespace wardroom::typeset
