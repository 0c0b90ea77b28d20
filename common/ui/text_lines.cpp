#include "common/ui/text_lines.hpp"

#include <algorithm>
#include <imgui.h>

#include "common/base/utf8.hpp"

namespace wardroom::ui {

std::vector<TextLine> wrap_lines(const ImFont& font, std::string_view text, float width) {
  std::vector<TextLine> lines;
  std::size_t at = 0;
  while (true) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    while (true) {
      const char* begin = text.data() + at;
      const char* wrapped = font.CalcWordWrapPositionA(1, begin, text.data() + newline, width);
      auto end = static_cast<std::size_t>(wrapped - text.data());
      if (end <= at && at < newline) {
        end = at;
        (void)next_code_point(text, end);
      }
      if (end >= newline) {
        lines.push_back({at, newline});
        break;
      }
      lines.push_back({at, end});
      while (end < newline && text[end] == ' ') ++end;
      at = end;
      if (at >= newline) break;
    }
    if (newline >= text.size()) break;
    at = newline + 1;
  }
  return lines;
}

std::size_t line_of(const std::vector<TextLine>& lines, std::size_t position) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < lines.size() && lines[i].begin <= position; ++i) found = i;
  return found;
}

float x_of(const ImFont& font, std::string_view text, const TextLine& line, std::size_t position) {
  const std::size_t end = std::max(line.begin, position);
  return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.data() + line.begin, text.data() + end).x;
}

std::size_t position_at(const ImFont& font, std::string_view text, const TextLine& line, float x) {
  float left = 0;
  for (std::size_t at = line.begin; at < line.end;) {
    std::size_t next = at;
    const float advance = font.GetCharAdvance(static_cast<ImWchar>(next_code_point(text, next)));
    if (x < left + advance / 2) return at;
    left += advance;
    at = next;
  }
  return line.end;
}

}  // namespace wardroom::ui
