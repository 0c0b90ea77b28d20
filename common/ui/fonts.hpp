#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/ui/font_files.hpp"

struct ImFont;
struct ImFontAtlas;

namespace wardroom::ui {

enum class FontRole { text, bold, italic, mono, small, small_bold, title, heading };
inline constexpr std::size_t kFontRoles = 8;

// A piece of the atlas' texture that changed after it was made.
struct GlyphUpload {
  int x = 0, y = 0, width = 0, height = 0;
  std::vector<std::uint32_t> pixels;  // RGBA, row by row
};

// The faces that both programs write with, in an ImGui atlas. Latin, Greek and Cyrillic are there from the
// start; other characters and emoji are rasterised when a text first needs them and drawn from the next frame
// on. Window thread only. The atlas must outlive this.
class Fonts {
 public:
  // Scale 1 is 100 %. The error names a file that can't be used.
  static Result<std::unique_ptr<Fonts>> load(ImFontAtlas& atlas, FontFiles files, float scale);
  ~Fonts();

  ImFont* get(FontRole role) const { return faces_[static_cast<std::size_t>(role)]; }

  // ImGui's characters have 16 bits. Each emoji sequence, and each character above them, gets a private-use
  // character of its own; everything else stays as it is. Malformed UTF-8 becomes U+FFFD.
  std::string to_screen(std::string_view wire);
  // The reverse, for the wire and the clipboard.
  std::string from_screen(std::string_view screen) const;

  // Whether a text has asked for glyphs that are yet to be made.
  bool wants_glyphs() const;
  // Between frames: makes the glyphs that texts asked for. True if any was made: draw again.
  bool make_wanted_glyphs();
  // True after the room for later glyphs ran out: rebuild() makes a larger atlas, the whole texture is new.
  bool needs_rebuild() const { return needs_rebuild_; }
  Result<void> rebuild();
  // Makes everything again for another scale; the whole texture is new.
  Result<void> set_scale(float scale);
  // What make_wanted_glyphs changed in the texture since the last call.
  std::vector<GlyphUpload> take_uploads();

 private:
  struct Later;
  Fonts(ImFontAtlas& atlas, FontFiles files, float scale);
  Result<void> build();

  ImFontAtlas& atlas_;
  FontFiles files_;
  float scale_;
  std::array<ImFont*, kFontRoles> faces_{};
  bool needs_rebuild_ = false;
  std::unique_ptr<Later> later_;  // characters that came after the start
};

}  // namespace wardroom::ui
