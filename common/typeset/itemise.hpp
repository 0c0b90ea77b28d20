#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/typeset/text_layout.hpp"

namespace wardroom::typeset {

// A reader's character, before it has a place.
struct Character {
  std::size_t begin = 0, end = 0;   // bytes
  std::size_t first = 0, last = 0;  // code points of the paragraph
  std::uint16_t run = 0;
  FontId font = 0;
  std::uint32_t script = 0;
  bool tab = false;
  bool space = false;
  bool may_begin_line = false;
  float advance = 0;
};

// A paragraph, which is one line of a text, cut into what is written with one font each.
struct Itemised {
  // What directions and shapes are found by: with the signs that isolate runs, and without controls.
  std::u32string code_points;
  std::vector<std::size_t> owners;  // the character that each code point belongs to
  std::vector<Character> characters;
};

// The bytes of the text from `begin` to before `end`; `boundaries` as text::find_boundaries says them.
Itemised itemise(Faces& faces, std::string_view text, std::span<const StyledRun> runs,
                 std::span<const std::uint8_t> boundaries, std::size_t begin, std::size_t end);

}  // namespace wardroom::typeset
