#include "common/ui/glyph_painter.hpp"

#include <algorithm>
#include <cmath>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ft.h>
#include <hb.h>

namespace wardroom::ui {
namespace {

using HbFont = std::unique_ptr<hb_font_t, decltype(&hb_font_destroy)>;
using HbBuffer = std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)>;

// Averages the source pixels that fall on each target pixel. FreeType's colour bitmaps are premultiplied
// BGRA.
std::vector<std::uint32_t> shrink(const FT_Bitmap& from, int width, int height) {
  std::vector<std::uint32_t> out(static_cast<std::size_t>(width) * height);
  const auto source_width = static_cast<int>(from.width);
  const auto source_height = static_cast<int>(from.rows);
  for (int y = 0; y < height; ++y) {
    const int y0 = y * source_height / height;
    const int y1 = std::max(y0 + 1, (y + 1) * source_height / height);
    for (int x = 0; x < width; ++x) {
      const int x0 = x * source_width / width;
      const int x1 = std::max(x0 + 1, (x + 1) * source_width / width);
      std::uint32_t b = 0, g = 0, r = 0, a = 0;
      for (int sy = y0; sy < y1; ++sy) {
        const unsigned char* row = from.buffer + static_cast<std::ptrdiff_t>(sy) * from.pitch;
        for (int sx = x0; sx < x1; ++sx) {
          b += row[sx * 4];
          g += row[sx * 4 + 1];
          r += row[sx * 4 + 2];
          a += row[sx * 4 + 3];
        }
      }
      if (a == 0) continue;
      const auto straight = [&](std::uint32_t c) { return std::min(255U, c * 255U / a); };
      const auto count = static_cast<std::uint32_t>((y1 - y0) * (x1 - x0));
      out[static_cast<std::size_t>(y) * width + x] =
          straight(r) | straight(g) << 8 | straight(b) << 16 | (a / count) << 24;
    }
  }
  return out;
}

}  // namespace

struct GlyphPainter::Faces {
  FT_Library library = nullptr;
  FontFiles files;
  std::vector<FT_Face> text;  // regular, then the fallbacks; null: can't be used
  bool text_opened = false;
  FT_Face emoji = nullptr;
  HbFont emoji_shaper{nullptr, &hb_font_destroy};
  bool emoji_opened = false;

  FT_Face open(const std::filesystem::path& file) const {
    FT_Face face = nullptr;
    if (!library || file.empty() || FT_New_Face(library, file.string().c_str(), 0, &face) != 0)
      return nullptr;
    return face;
  }

  void open_text() {
    if (text_opened) return;
    text_opened = true;
    text.push_back(open(files.regular));
    for (const auto& file : files.fallbacks) text.push_back(open(file));
  }

  void open_emoji() {
    if (emoji_opened) return;
    emoji_opened = true;
    emoji = open(files.emoji);
    if (!emoji || emoji->num_fixed_sizes == 0 || FT_Select_Size(emoji, 0) != 0) return;
    emoji_shaper.reset(hb_ft_font_create_referenced(emoji));
  }
};

GlyphPainter::GlyphPainter(const FontFiles& files) : faces_(std::make_unique<Faces>()) {
  faces_->files = files;
  if (FT_Init_FreeType(&faces_->library) != 0) faces_->library = nullptr;
}

GlyphPainter::~GlyphPainter() {
  faces_->emoji_shaper.reset();
  if (faces_->library) FT_Done_FreeType(faces_->library);
}

float GlyphPainter::line_height_ratio(const std::filesystem::path& file) {
  FT_Face face = faces_->open(file);
  if (!face) return 0;
  const float ratio = face->units_per_EM == 0 ? 0.0F
                                              : static_cast<float>(face->ascender - face->descender) /
                                                    static_cast<float>(face->units_per_EM);
  FT_Done_Face(face);
  return ratio;
}

std::optional<GlyphPicture> GlyphPainter::paint_character(char32_t character, float em_pixels) {
  faces_->open_text();
  for (FT_Face face : faces_->text) {
    if (!face) continue;
    const FT_UInt index = FT_Get_Char_Index(face, character);
    if (index == 0) continue;
    if (FT_Set_Char_Size(face, 0, std::lround(em_pixels * 64), 72, 72) != 0) continue;
    if (FT_Load_Glyph(face, index, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) continue;
    const FT_GlyphSlot slot = face->glyph;
    if (slot->bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) continue;
    GlyphPicture picture;
    picture.width = static_cast<int>(slot->bitmap.width);
    picture.height = static_cast<int>(slot->bitmap.rows);
    picture.left = static_cast<float>(slot->bitmap_left);
    picture.top = static_cast<float>(slot->bitmap_top);
    picture.advance = std::round(static_cast<float>(slot->advance.x) / 64.0F);
    picture.pixels.reserve(static_cast<std::size_t>(picture.width) * picture.height);
    for (int y = 0; y < picture.height; ++y) {
      const unsigned char* row = slot->bitmap.buffer + static_cast<std::ptrdiff_t>(y) * slot->bitmap.pitch;
      for (int x = 0; x < picture.width; ++x) {
        picture.pixels.push_back(0x00ffffffU | static_cast<std::uint32_t>(row[x]) << 24);
      }
    }
    return picture;
  }
  return std::nullopt;
}

std::optional<GlyphPicture> GlyphPainter::paint_emoji(std::string_view sequence, int height_pixels) {
  faces_->open_emoji();
  if (!faces_->emoji_shaper) return std::nullopt;
  const HbBuffer buffer{hb_buffer_create(), &hb_buffer_destroy};
  const auto length = static_cast<int>(sequence.size());
  hb_buffer_add_utf8(buffer.get(), sequence.data(), length, 0, length);
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(faces_->emoji_shaper.get(), buffer.get(), nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer.get(), &count);
  // A sequence that the font doesn't know falls apart; its first glyph says at least what it is about.
  if (count == 0 || glyphs[0].codepoint == 0) return std::nullopt;
  if (FT_Load_Glyph(faces_->emoji, glyphs[0].codepoint, FT_LOAD_COLOR | FT_LOAD_RENDER) != 0)
    return std::nullopt;
  const FT_Bitmap& bitmap = faces_->emoji->glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_BGRA || bitmap.rows == 0) return std::nullopt;
  GlyphPicture picture;
  picture.height = height_pixels;
  picture.width = std::max(1, static_cast<int>(bitmap.width) * height_pixels / static_cast<int>(bitmap.rows));
  picture.coloured = true;
  picture.advance = static_cast<float>(picture.width + 1);
  // Noto Color Emoji stands on a line four fifths down its picture.
  picture.top = std::round(static_cast<float>(height_pixels) * 0.79F);
  picture.pixels = shrink(bitmap, picture.width, picture.height);
  return picture;
}

}  // namespace wardroom::ui
