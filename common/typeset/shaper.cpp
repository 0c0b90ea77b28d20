#include "common/typeset/shaper.hpp"

#include <algorithm>
#include <hb.h>

#include "common/base/per_thread.hpp"
#include "common/typeset/font_file_view.hpp"

namespace wardroom::typeset {

std::uint32_t script_of(char32_t c) {
  return hb_unicode_script(hb_unicode_funcs_get_default(), static_cast<hb_codepoint_t>(c));
}

bool is_of_no_script(std::uint32_t script) {
  return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
}

std::string script_code(std::uint32_t script) {
  std::string code(4, ' ');
  hb_tag_to_string(script, code.data());
  return code;
}

std::vector<ShapedGlyph> shape(const Faces& faces, std::u32string_view paragraph, const Piece& piece) {
  // One for all, emptied: making one costs as much as a word.
  const auto& buffer = per_thread([] { return HbBuffer{hb_buffer_create(), &hb_buffer_destroy}; });
  hb_buffer_reset(buffer.get());
  // HarfBuzz looks no further than this to both sides.
  constexpr std::size_t kContext = 5;
  const std::size_t from = piece.begin - std::min(piece.begin, kContext);
  const std::u32string_view around = paragraph.substr(from, piece.end + kContext - from);
  const std::vector<hb_codepoint_t> text(around.begin(), around.end());
  hb_buffer_add_codepoints(buffer.get(), text.data(), static_cast<int>(text.size()),
                           static_cast<unsigned>(piece.begin - from),
                           static_cast<int>(piece.end - piece.begin));
  hb_buffer_set_direction(buffer.get(), piece.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), static_cast<hb_script_t>(piece.script));
  hb_shape(faces.shaper(piece.font), buffer.get(), nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<ShapedGlyph> glyphs;
  glyphs.reserve(count);
  const auto pixels = [](hb_position_t length) { return static_cast<float>(length) / 64.0F; };
  for (unsigned i = 0; i < count; ++i) {
    glyphs.push_back({infos[i].codepoint, pixels(places[i].x_offset), -pixels(places[i].y_offset),
                      pixels(places[i].x_advance), from + infos[i].cluster});
  }
  return glyphs;
}

}  // namespace wardroom::typeset
