#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/typeset/faces.hpp"
#include "common/ui/glyph_atlas.hpp"
#include "common/ui/layout_cache.hpp"

struct ImFontAtlas;

namespace wardroom::ui {

enum class FontRole { text, bold, italic, mono, small, small_bold, tiny_bold, title, heading };
inline constexpr std::size_t kFontRoles = 9;

// What both programs write with: the sizes of each role, the layouts of what is written, and the glyphs in
// ImGui's texture. Window thread only. The atlas must outlive this.
class Fonts {
 public:
  // Scale 1 is 100 %.
  static Result<std::unique_ptr<Fonts>> load(ImFontAtlas& atlas, std::unique_ptr<typeset::Faces> faces,
                                             float scale);

  typeset::Faces& faces() { return *faces_; }
  GlyphAtlas& glyphs() { return glyphs_; }
  typeset::Pen pen(FontRole role) const { return sizes_[static_cast<std::size_t>(role)].pen; }
  // Whole pixels.
  float line_height(FontRole role) const { return sizes_[static_cast<std::size_t>(role)].height; }

  // One line, whatever breaks are in it. With a width, what doesn't fit ends in an ellipsis. Both stand until
  // the frame is over.
  const typeset::TextLayout& line(FontRole role, std::string_view text, float most_width = 0);
  // Lines that fit the width, each `step` pixels high at least.
  const typeset::TextLayout& block(FontRole role, std::string_view text, float width, float step);

  // Whether the installed fonts draw the emoji in one piece.
  bool has_emoji(std::string_view sequence) { return faces_->has_emoji(sequence); }

  // Once for each frame, before it is drawn.
  void begin_frame() { layouts_.begin_frame(); }
  // True after the room for glyphs ran out: rebuild() makes a larger texture, all of which is new.
  bool needs_rebuild() const { return glyphs_.is_full(); }
  Result<void> rebuild();
  // Everything again for another scale; the whole texture is new.
  Result<void> set_scale(float scale);
  // What was drawn for the first time since the last call, to be put into the texture before it is shown.
  std::vector<GlyphUpload> take_uploads() { return glyphs_.take_uploads(); }

 private:
  struct Size {
    typeset::Pen pen{};
    float height = 0;
  };
  Fonts(ImFontAtlas& atlas, std::unique_ptr<typeset::Faces> faces, float scale);
  void measure();

  ImFontAtlas& atlas_;
  std::unique_ptr<typeset::Faces> faces_;
  GlyphAtlas glyphs_;
  LayoutCache layouts_;
  float scale_;
  std::array<Size, kFontRoles> sizes_{};
};

}  // namespace wardroom::ui
