#include "common/typeset/font_file_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include FT_OUTLINE_H

namespace wardroom::typeset {
namespace {

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

GlyphPicture coloured_picture(const FT_GlyphSlot slot, float scale) {
  const auto scaled = [&](auto length) {
    return static_cast<int>(std::lround(static_cast<float>(length) * scale));
  };
  GlyphPicture picture;
  picture.width = std::max(1, scaled(slot->bitmap.width));
  picture.height = std::max(1, scaled(slot->bitmap.rows));
  picture.left = scaled(slot->bitmap_left);
  picture.top = scaled(slot->bitmap_top);
  picture.coloured = true;
  picture.pixels = shrink(slot->bitmap, picture.width, picture.height);
  return picture;
}

GlyphPicture grey_picture(const FT_GlyphSlot slot) {
  GlyphPicture picture;
  picture.width = static_cast<int>(slot->bitmap.width);
  picture.height = static_cast<int>(slot->bitmap.rows);
  picture.left = slot->bitmap_left;
  picture.top = slot->bitmap_top;
  picture.pixels.reserve(static_cast<std::size_t>(picture.width) * picture.height);
  for (int y = 0; y < picture.height; ++y) {
    const unsigned char* row = slot->bitmap.buffer + static_cast<std::ptrdiff_t>(y) * slot->bitmap.pitch;
    for (int x = 0; x < picture.width; ++x)
      picture.pixels.push_back(0x00ffffffU | static_cast<std::uint32_t>(row[x]) << 24);
  }
  return picture;
}

}  // namespace

FontFileView::FontFileView(FontFile file, HbBlob blob, HbFace face, FT_Face ft)
    : file_(std::move(file)), blob_(std::move(blob)), face_(std::move(face)), ft_(ft) {}

FontFileView::~FontFileView() {
  FT_Done_Face(ft_);
}

std::unique_ptr<FontFileView> FontFileView::open(FT_Library library, const FontFile& file) {
  HbBlob blob{hb_blob_create_from_file_or_fail(file.path.string().c_str()), &hb_blob_destroy};
  if (!blob) return nullptr;
  unsigned size = 0;
  const char* data = hb_blob_get_data(blob.get(), &size);
  FT_Face ft = nullptr;
  if (size == 0 || FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data),
                                      static_cast<FT_Long>(size), file.index, &ft) != 0)
    return nullptr;
  HbFace face{hb_face_create(blob.get(), static_cast<unsigned>(file.index)), &hb_face_destroy};
  return std::unique_ptr<FontFileView>{new FontFileView(file, std::move(blob), std::move(face), ft)};
}

bool FontFileView::has(char32_t c) const {
  return FT_Get_Char_Index(ft_, static_cast<FT_ULong>(c)) != 0;
}

HbFont FontFileView::make_shaper(float em) const {
  HbFont font{hb_font_create(face_.get()), &hb_font_destroy};
  const auto scale = static_cast<int>(std::lround(em * 64));
  hb_font_set_scale(font.get(), scale, scale);
  return font;
}

FontMetrics FontFileView::metrics(float em) const {
  const float units = ft_->units_per_EM == 0 ? 0.0F : em / static_cast<float>(ft_->units_per_EM);
  return {static_cast<float>(ft_->ascender) * units, static_cast<float>(-ft_->descender) * units};
}

bool FontFileView::set_size(float em) {
  const long wanted = std::lround(em * 64);
  if (sized_ == wanted) return true;
  const bool done = FT_IS_SCALABLE(ft_) ? FT_Set_Char_Size(ft_, 0, wanted, 72, 72) == 0
                                        : ft_->num_fixed_sizes > 0 && FT_Select_Size(ft_, 0) == 0;
  sized_ = done ? wanted : 0;
  return done;
}

std::optional<GlyphPicture> FontFileView::paint(std::uint32_t glyph, float em, int quarter, bool coloured) {
  if (!set_size(em)) return std::nullopt;
  const auto flags = coloured ? static_cast<FT_Int32>(FT_LOAD_COLOR | FT_LOAD_RENDER)
                              : static_cast<FT_Int32>(FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT);
  if (FT_Load_Glyph(ft_, glyph, flags) != 0) return std::nullopt;
  const FT_GlyphSlot slot = ft_->glyph;
  if (!coloured) {
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE) return std::nullopt;
    FT_Outline_Translate(&slot->outline, quarter * 16, 0);
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return std::nullopt;
  }
  if (slot->bitmap.pixel_mode == FT_PIXEL_MODE_GRAY) return grey_picture(slot);
  if (slot->bitmap.pixel_mode != FT_PIXEL_MODE_BGRA || slot->bitmap.rows == 0) return std::nullopt;
  const bool strike = !FT_IS_SCALABLE(ft_);
  const float drawn_for = strike ? static_cast<float>(ft_->available_sizes[0].y_ppem) / 64.0F : em;
  return coloured_picture(slot, drawn_for > 0 ? em / drawn_for : 1.0F);
}

}  // namespace wardroom::typeset
