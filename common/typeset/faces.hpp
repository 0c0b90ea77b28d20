#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/typeset/fallback_fonts.hpp"
#include "common/typeset/font_files.hpp"

struct hb_font_t;

namespace wardroom::typeset {

enum class Style : std::uint8_t { regular, bold, italic, mono };
inline constexpr std::size_t kStyles = 4;

// What a text is written with.
struct Pen {
  Style style = Style::regular;
  float em = 14;  // pixels
};

// A font file at a size. Never given to another one while the program runs.
using FontId = std::uint16_t;

// Distances from the baseline, pixels.
struct FontMetrics {
  float ascent = 0;
  float descent = 0;
};

// One rasterised glyph. Distances are pixels.
struct GlyphPicture {
  int width = 0, height = 0;
  int left = 0;  // from the pen to the left edge
  int top = 0;   // from the baseline up to the upper edge
  bool coloured = false;
  std::vector<std::uint32_t> pixels;  // RGBA with straight alpha, row by row
};

// The font files in use, each opened when a text first needs it. One thread.
class Faces {
 public:
  // The error names a file that can't be used.
  static Result<std::unique_ptr<Faces>> open(FontFiles files, std::unique_ptr<FallbackFonts> fallbacks);
  // From what is installed on this PC.
  static Result<std::unique_ptr<Faces>> open_installed();
  ~Faces();

  // In what a reader's character is written: the pen's own font if it has all of it; for a space or a sign of
  // no script the font of the character before it, if that has it; else the first of the fallbacks. One that
  // no font has is a box of the pen's font. `script` as in FallbackFonts.
  FontId font_of(Pen pen, std::u32string_view character, bool emoji, std::string_view script,
                 std::optional<FontId> previous);
  FontId own_font(Pen pen);
  bool is_emoji(FontId font) const;
  hb_font_t* shaper(FontId font) const;
  FontMetrics metrics(FontId font) const;

  // Light hinting, at a fraction of a pixel to the right, in quarters. Nothing if the glyph can't be drawn.
  std::optional<GlyphPicture> paint(FontId font, std::uint32_t glyph, int quarter);
  // Whether the emoji font has one glyph for the whole sequence, so that it doesn't fall apart.
  bool has_emoji(std::string_view sequence);

 private:
  struct Impl;
  explicit Faces(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardroom::typeset
