#include "common/ui/row.hpp"

#include <algorithm>
#include <imgui.h>
#include <string>

#include "common/ui/draw.hpp"

namespace wardroom::ui {

float section_header(FrameContext& f, std::string_view title) {
  const Rect rect = place(0, f.px(32));
  std::string capitals{title};
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  // Spaced capitals, letter by letter: ImGui has no letter spacing.
  float x = rect.x0 + f.px(10);
  for (std::size_t i = 0; i < capitals.size(); ++i) {
    std::size_t length = 1;
    while (i + length < capitals.size() && (static_cast<unsigned char>(capitals[i + length]) & 0xC0) == 0x80)
      ++length;
    const std::string_view letter{capitals.data() + i, length};
    x += text_line(f, FontRole::small_bold, x, rect.y0 + f.px(10), f.theme.text2, letter) + f.px(0.8F);
    i += length - 1;
  }
  note(f, ItemKind::header, rect, title);
  return x;
}

Row list_row(FrameContext& f, const Id& id, std::string_view label, const RowOptions& options) {
  const Rect rect = place(0, f.px(options.height));
  const Interaction it =
      interact(f, id, rect, ItemKind::row, label, {.selected = options.selected, .state = options.state});
  if (it.visible) {
    if (options.selected) {
      fill(rect, f.theme.accent_soft, f.px(6));
    } else if (it.held) {
      fill(rect, f.theme.surface3, f.px(6));
    } else if (it.hovered || options.hovered_when_current) {
      fill(rect, f.theme.surface2, f.px(6));
    }
    if (it.focused) focus_ring(f, rect, f.px(6));
  }
  return {rect, it};
}

void card(FrameContext& f, const Rect& rect) {
  fill(rect, f.theme.surface2, f.px(8));
  outline(rect, f.theme.line, f.px(8));
}

void progress_bar(FrameContext& f, const Rect& rect, float part) {
  const float radius = rect.height() / 2;
  fill(rect, f.theme.surface3, radius);
  fill({rect.x0, rect.y0, rect.x0 + rect.width() * std::clamp(part, 0.0F, 1.0F), rect.y1}, f.theme.accent,
       radius);
  note(f, ItemKind::progress, rect, std::to_string(static_cast<int>(part * 100)) + " %");
}

void paragraph(FrameContext& f, std::string_view wire, FontRole role, Colour colour, float width) {
  const std::string words = f.screen(wire);
  const float room = width > 0 ? width : room_left();
  const Rect rect = place(room, text_block(f, role, 0, 0, room, 0, words));
  text_block(f, role, rect.x0, rect.y0, room, colour, words);
  note(f, ItemKind::text, rect, wire);
}

void empty_state(FrameContext& f, const Rect& area, std::string_view title, std::string_view words) {
  const float width = std::min(area.width() - f.px(40), f.px(360));
  const float x = (area.x0 + area.x1) / 2;
  const float y = (area.y0 + area.y1) / 2 - f.px(40);
  const std::string head = f.screen(title);
  text_line(f, FontRole::title, x - text_width(f, FontRole::title, head) / 2, y, f.theme.text0, head);
  const std::string body = f.screen(words);
  const float line = std::min(text_width(f, FontRole::text, body), width);
  text_block(f, FontRole::text, x - line / 2, y + f.px(30), width, f.theme.text2, body);
  note(f, ItemKind::text, area, title);
  note(f, ItemKind::text, area, words);
}

}  // namespace wardroom::ui
