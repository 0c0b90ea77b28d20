#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

struct ImFont;

namespace wardroom::ui {

// One line on the screen: bytes [begin, end) of the text, without the line break or the spaces at which it
// wrapped.
struct TextLine {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Breaks a text at its line breaks and at spaces to fit the width in pixels. There is always at least one
// line.
std::vector<TextLine> wrap_lines(const ImFont& font, std::string_view text, float width);
// The last line that begins at or before the position.
std::size_t line_of(const std::vector<TextLine>& lines, std::size_t position);
float x_of(const ImFont& font, std::string_view text, const TextLine& line, std::size_t position);
// The position in the line closest to x.
std::size_t position_at(const ImFont& font, std::string_view text, const TextLine& line, float x);

}  // namespace wardroom::ui
