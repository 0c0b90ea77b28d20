#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "common/typeset/font_files.hpp"

namespace wardroom::typeset {

struct FontFile {
  std::filesystem::path path;
  int index = 0;  // in a collection
};

// Says in what to write the scripts that the programs' own fonts lack.
class FallbackFonts {
 public:
  virtual ~FallbackFonts() = default;
  // Best first, and perhaps none. `character` is one that must be drawn, `script` its ISO 15924 code, as
  // "Arab". The caller looks whether a font has all that is needed: an order is a preference, no promise.
  virtual std::vector<FontFile> list(char32_t character, std::string_view script, bool bold) = 0;
};

// By fontconfig, whose order follows the person's and the distribution's settings.
// Null where there is none: on Windows, or where its settings can't be read.
std::unique_ptr<FallbackFonts> open_fontconfig();
// By a table of the fonts that systems bring for each script, for where there is no fontconfig.
std::unique_ptr<FallbackFonts> make_font_table(InstalledFonts installed);

}  // namespace wardroom::typeset
