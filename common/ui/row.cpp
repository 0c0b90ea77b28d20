#include "common/ui/row.hpp"

#include <algorithm>
#include <imgui.h>
#include <string>

#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/text/capitals.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

constexpr float kLetterSpace = 0.8F;  // design length

}  // namespace

float section_header(FrameContext& f, std::string_view title, float right) {
  const Rect rect = place(0, f.px(32));
  const std::string capitals = text::in_capitals(title, language::used_language());
  const float begin = rect.x0 + f.px(10), top = rect.y0 + f.px(10);
  const float most = rect.width() - f.px(10) - right;
  note(f, ItemKind::header, rect, title);
  float x = begin;
  const auto draw = [&](std::string_view part, float room) {
    x += text_line(f, FontRole::small_bold, x, top, f.theme.text2, part, room);
  };
  const auto spaced = static_cast<float>(capitals.size()) * f.px(kLetterSpace);
  const bool fits = text_width(f, FontRole::small_bold, capitals) + spaced <= most;
  if (!fits || !text::has_separable_letters(capitals)) {
    draw(capitals, most);
    return x;
  }
  // Letter by letter: ImGui has no letter spacing.
  for (std::size_t at = 0; at < capitals.size();) {
    const std::size_t next = text::next_character(capitals, at);
    draw(std::string_view(capitals).substr(at, next - at), 0);
    x += f.px(kLetterSpace);
    at = next;
  }
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
