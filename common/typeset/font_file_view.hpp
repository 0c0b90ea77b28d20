#pragma once

#include <cstdint>
#include <filesystem>
#include <ft2build.h>
#include <memory>
#include <optional>
#include FT_FREETYPE_H
#include <hb.h>

#include "common/typeset/faces.hpp"

namespace wardroom::typeset {

using HbBlob = std::unique_ptr<hb_blob_t, decltype(&hb_blob_destroy)>;
using HbFace = std::unique_ptr<hb_face_t, decltype(&hb_face_destroy)>;
using HbFont = std::unique_ptr<hb_font_t, decltype(&hb_font_destroy)>;
using HbBuffer = std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)>;

// A font file, mapped once for both who shape with it and who draw it.
class FontFileView {
 public:
  // Null if it isn't a font. The library must outlive it.
  static std::unique_ptr<FontFileView> open(FT_Library library, const FontFile& file);
  ~FontFileView();
  FontFileView(const FontFileView&) = delete;
  FontFileView& operator=(const FontFileView&) = delete;

  const FontFile& file() const { return file_; }
  bool has(char32_t c) const;
  // For each em, which is pixels.
  HbFont make_shaper(float em) const;
  FontMetrics metrics(float em) const;
  std::optional<GlyphPicture> paint(std::uint32_t glyph, float em, int quarter, bool coloured);

 private:
  FontFileView(FontFile file, HbBlob blob, HbFace face, FT_Face ft);
  bool set_size(float em);

  FontFile file_;
  HbBlob blob_;
  HbFace face_;
  FT_Face ft_;
  long sized_ = 0;  // 26.6, as FreeType was told last
};

}  // namespace wardroom::typeset
