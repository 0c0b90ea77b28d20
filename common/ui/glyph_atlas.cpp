#include "common/ui/glyph_atlas.hpp"

#include <algorithm>
#include <imgui.h>
#include <utility>

namespace wardroom::ui {
namespace {

// A texture of 1,024 pixels less what ImGui keeps between its pictures.
constexpr int kRoomWidth = 1016;
// The texture is as high as the next power of two, with a little for ImGui.
constexpr int kRoomHeightMost = 3200;

std::uint64_t key_of(typeset::FontId font, std::uint32_t glyph, int quarter) {
  return std::uint64_t{font} << 34U | std::uint64_t{glyph} << 2U | static_cast<std::uint64_t>(quarter);
}

}  // namespace

void GlyphAtlas::reserve() {
  if (full_) height_ = std::min(height_ * 2, kRoomHeightMost);
  full_ = false;
  x_ = y_ = row_ = 0;
  glyphs_.clear();
  uploads_.clear();
  atlas_.TexDesiredWidth = 1024;
  rect_ = atlas_.AddCustomRectRegular(kRoomWidth, height_);
}

bool GlyphAtlas::place(int width, int height) {
  if (x_ + width > kRoomWidth) {
    x_ = 0;
    y_ += row_ + 1;
    row_ = 0;
  }
  if (width > kRoomWidth || y_ + height > height_) return false;
  row_ = std::max(row_, height);
  return true;
}

const AtlasGlyph* GlyphAtlas::find(typeset::FontId font, std::uint32_t glyph, int quarter) {
  const auto seen = [](const AtlasGlyph& one) { return one.width > 0 ? &one : nullptr; };
  const std::uint64_t key = key_of(font, glyph, quarter);
  if (const auto known = glyphs_.find(key); known != glyphs_.end()) return seen(known->second);
  if (full_) return nullptr;
  AtlasGlyph made;
  std::optional<typeset::GlyphPicture> picture = faces_.paint(font, glyph, quarter);
  if (picture && picture->width > 0 && picture->height > 0) {
    if (!place(picture->width, picture->height)) {
      full_ = true;
      return nullptr;
    }
    const ImFontAtlasCustomRect& rect = *atlas_.GetCustomRectByIndex(rect_);
    const int x = rect.X + x_, y = rect.Y + y_;
    const ImVec2 uv = atlas_.TexUvScale;
    made = {static_cast<float>(x) * uv.x,
            static_cast<float>(y) * uv.y,
            static_cast<float>(x + picture->width) * uv.x,
            static_cast<float>(y + picture->height) * uv.y,
            static_cast<float>(picture->left),
            static_cast<float>(-picture->top),
            static_cast<float>(picture->width),
            static_cast<float>(picture->height),
            picture->coloured};
    x_ += picture->width + 1;
    uploads_.push_back({x, y, picture->width, picture->height, std::move(picture->pixels)});
  }
  return seen(glyphs_.emplace(key, made).first->second);
}

std::vector<GlyphUpload> GlyphAtlas::take_uploads() {
  return std::exchange(uploads_, {});
}

}  // namespace wardroom::ui
