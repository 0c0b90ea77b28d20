#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "common/typeset/faces.hpp"

struct ImFontAtlas;

namespace wardroom::ui {

// A piece of the atlas' texture that changed after it was made.
struct GlyphUpload {
  int x = 0, y = 0, width = 0, height = 0;
  std::vector<std::uint32_t> pixels;  // RGBA, row by row
};

// A glyph's place in the texture, and by the pen, pixels.
struct AtlasGlyph {
  float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  float left = 0, top = 0;  // from the pen and the baseline, downwards
  float width = 0, height = 0;
  bool coloured = false;
};

// Glyphs in ImGui's texture, so that text and shapes are drawn in one go. Each is rasterised when it is drawn
// for the first time. Window thread; both must outlive it.
class GlyphAtlas {
 public:
  GlyphAtlas(ImFontAtlas& atlas, typeset::Faces& faces) : atlas_(atlas), faces_(faces) {}

  // Before ImGui builds its texture: asks for room in it. All glyphs are forgotten. After the room ran out,
  // it asks for more.
  void reserve();

  // `quarter`: so many quarters of a pixel to the right. Null if there is nothing to draw, or no room.
  const AtlasGlyph* find(typeset::FontId font, std::uint32_t glyph, int quarter);
  bool is_full() const { return full_; }
  // What was rasterised since the last call.
  std::vector<GlyphUpload> take_uploads();

 private:
  bool place(int width, int height);

  ImFontAtlas& atlas_;
  typeset::Faces& faces_;
  std::unordered_map<std::uint64_t, AtlasGlyph> glyphs_;
  std::vector<GlyphUpload> uploads_;
  int rect_ = -1;                // in ImGui's atlas
  int height_ = 400;             // of the room, in pixels
  int x_ = 0, y_ = 0, row_ = 0;  // where the next picture goes
  bool full_ = false;
};

}  // namespace wardroom::ui
