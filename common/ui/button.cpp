#include "common/ui/button.hpp"

#include <imgui.h>

#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

struct ButtonColours {
  Colour back;
  Colour ink;
  Colour line;
};

ButtonColours button_colours(FrameContext& f, ButtonTone tone, const Interaction& it, bool disabled) {
  const Theme& t = f.theme;
  ButtonColours c{t.surface2, t.text0, t.line};
  if (tone == ButtonTone::primary) c = {t.accent, t.on_accent, t.accent};
  if (tone == ButtonTone::danger) c = {t.bad, t.on_bad, t.bad};
  if (disabled) return {t.surface2, mix(t.surface2, t.text1, 0.6F), t.line};
  if (it.held) {
    c.back = tone == ButtonTone::quiet ? t.surface3 : mix(c.back, rgb(0x000000), 0.16F);
  } else if (it.hovered) {
    c.back = tone == ButtonTone::quiet ? mix(t.surface2, t.surface3, 0.6F) : mix(c.back, rgb(0xffffff), 0.1F);
  }
  return c;
}

void draw_icon_button(FrameContext& f, const Rect& rect, Icon icon, const Interaction& it,
                      const IconButtonOptions& options) {
  const Theme& t = f.theme;
  if (options.selected) fill(rect, t.accent_soft, f.px(6));
  if ((it.hovered || it.held) && !options.selected) fill(rect, it.held ? t.surface3 : t.surface2, f.px(6));
  Colour ink = it.hovered || options.selected ? t.text0 : t.text2;
  if (options.disabled) ink = mix(t.surface1, t.text2, 0.5F);
  const float size = f.px(16);
  const float centre_y = (rect.y0 + rect.y1) / 2;
  if (options.caption.empty()) {
    draw_icon(f, icon, (rect.x0 + rect.x1) / 2, centre_y, size, ink);
  } else {
    draw_icon(f, icon, rect.x0 + f.px(6) + size / 2, centre_y, size, ink);
    Rect words = rect;
    words.x0 += f.px(6) + size + f.px(5);
    text_in(f, FontRole::small, words, ink, options.caption);
  }
  if (it.focused) focus_ring(f, rect, f.px(6));
}

}  // namespace

float button_height(FrameContext& f) {
  return f.px(32);
}

float button_width(FrameContext& f, std::string_view label) {
  return text_width(f, FontRole::text, label) + f.px(24);
}

bool button(FrameContext& f, const Id& id, std::string_view label, const ButtonOptions& options) {
  const Rect rect = place(options.width > 0 ? options.width : button_width(f, label), button_height(f));
  const Interaction it = interact(f, id, rect, ItemKind::button, label, {.disabled = options.disabled});
  if (!it.visible) return false;
  const ButtonColours c = button_colours(f, options.tone, it, options.disabled);
  fill(rect, c.back, f.px(6));
  if (options.tone == ButtonTone::quiet || options.disabled) outline(rect, c.line, f.px(6));
  const bool strong = options.tone != ButtonTone::quiet && !options.disabled;
  text_in(f, strong ? FontRole::bold : FontRole::text, rect, c.ink, label, true);
  if (it.focused) focus_ring(f, {rect.x0 - 2, rect.y0 - 2, rect.x1 + 2, rect.y1 + 2}, f.px(8));
  return it.pressed;
}

float icon_button_width(FrameContext& f, const IconButtonOptions& options) {
  if (options.caption.empty()) return f.px(options.size);
  return f.px(6) + f.px(16) + f.px(5) + text_width(f, FontRole::small, options.caption) + f.px(8);
}

bool icon_button_at(FrameContext& f, const Id& id, const Rect& rect, Icon icon, std::string_view label,
                    const IconButtonOptions& options) {
  const Interaction it = interact(f, id, rect, ItemKind::icon_button, label,
                                  {.disabled = options.disabled, .selected = options.selected});
  if (!it.visible) return false;
  draw_icon_button(f, rect, icon, it, options);
  tooltip(f, it, label);
  return it.pressed;
}

bool icon_button(FrameContext& f, const Id& id, Icon icon, std::string_view label,
                 const IconButtonOptions& options) {
  const Rect rect = place(icon_button_width(f, options), f.px(options.size));
  return icon_button_at(f, id, rect, icon, label, options);
}

bool link(FrameContext& f, const Id& id, std::string_view label, FontRole role) {
  const Rect rect = place(text_width(f, role, label), line_height(f, role));
  const Interaction it = interact(f, id, rect, ItemKind::link, label);
  if (!it.visible) return false;
  text_line(f, role, rect.x0, rect.y0, f.theme.accent, label);
  if (it.hovered) {
    hairline(f, rect.x0, rect.x1, rect.y1 - 1, f.theme.accent);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  if (it.focused) focus_ring(f, {rect.x0 - 3, rect.y0 - 1, rect.x1 + 3, rect.y1 + 1}, f.px(4));
  return it.pressed;
}

constexpr float kBetweenButtons = 8;

void flow_on(FrameContext& f, std::string_view next_label) {
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  const float end = ImGui::GetItemRectMax().x + f.px(kBetweenButtons) + button_width(f, next_label);
  if (end <= right)
    ImGui::SameLine(0, f.px(kBetweenButtons));
  else
    vertical_gap(f, kBetweenButtons);
}

std::size_t flow_lines(FrameContext& f, std::span<const std::string> labels, float room) {
  std::size_t lines = 1;
  float x = 0;
  for (const std::string& label : labels) {
    const float width = button_width(f, label);
    if (x > 0 && x + width > room) {
      ++lines;
      x = 0;
    }
    x += width + f.px(kBetweenButtons);
  }
  return lines;
}

}  // namespace wardroom::ui
