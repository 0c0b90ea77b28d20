#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "common/ui/font_files.hpp"

namespace wardroom::ui {

// One rasterised glyph. Distances are pixels.
struct GlyphPicture {
  int width = 0, height = 0;
  float left = 0;  // from the pen to the left edge
  float top = 0;   // from the baseline up to the upper edge
  float advance = 0;
  bool coloured = false;
  std::vector<std::uint32_t> pixels;  // RGBA with straight alpha, row by row
};

// Rasterises single characters and emoji sequences with FreeType; HarfBuzz finds the one glyph of a sequence.
// Opens a font when it is first needed. Not for several threads.
class GlyphPainter {
 public:
  explicit GlyphPainter(const FontFiles& files);
  ~GlyphPainter();

  // From the regular face or the first fallback that has it. Nothing if no installed font has it.
  std::optional<GlyphPicture> paint_character(char32_t character, float em_pixels);
  // `sequence` as emoji_sequence_length delimits it; the picture is `height_pixels` high.
  std::optional<GlyphPicture> paint_emoji(std::string_view sequence, int height_pixels);

  // Line height over em size of a font file, by which design sizes become ImGui's. 0 if it isn't a font.
  float line_height_ratio(const std::filesystem::path& file);

 private:
  struct Faces;
  std::unique_ptr<Faces> faces_;
};

}  // namespace wardroom::ui
