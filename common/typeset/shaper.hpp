#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/typeset/faces.hpp"

namespace wardroom::typeset {

struct ShapedGlyph {
  std::uint32_t glyph = 0;
  float x_offset = 0, y_offset = 0;  // downwards
  float advance = 0;
  std::size_t character = 0;  // index of the code point that it came from
};

// Code points from `begin` to before `end`, all in one font, script and direction.
struct Piece {
  std::size_t begin = 0, end = 0;
  FontId font = 0;
  std::uint32_t script = 0;  // HarfBuzz's
  bool right_to_left = false;
};

// Which script a character is of: HarfBuzz's number, with the common and inherited ones as they are.
std::uint32_t script_of(char32_t c);
bool is_of_no_script(std::uint32_t script);
std::string script_code(std::uint32_t script);  // "Arab"

// From left to right. The whole paragraph is given, because letters join across the ends of a piece.
std::vector<ShapedGlyph> shape(const Faces& faces, std::u32string_view paragraph, const Piece& piece);

}  // namespace wardroom::typeset
