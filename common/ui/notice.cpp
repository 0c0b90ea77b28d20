#include "common/ui/notice.hpp"

#include <algorithm>
#include <imgui.h>
#include <string>

#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

// Design lengths that toasts keep free at both sides.
constexpr float kToastLeft = 264;
constexpr float kToastRight = 150;

Colour tone_colour(FrameContext& f, NoticeTone tone) {
  switch (tone) {
    case NoticeTone::quiet:
      return f.theme.text2;
    case NoticeTone::good:
      return f.theme.ok;
    case NoticeTone::warn:
      return f.theme.warn;
    case NoticeTone::bad:
      return f.theme.bad;
  }
  return f.theme.text2;
}

Icon tone_icon(NoticeTone tone) {
  if (tone == NoticeTone::good) return Icon::check;
  return tone == NoticeTone::quiet ? Icon::clock : Icon::warning;
}

}  // namespace

bool banner(FrameContext& f, const Id& id, NoticeTone tone, std::string_view wire, std::string_view action) {
  const Rect rect = place(0, f.px(34));
  const Colour colour = tone_colour(f, tone);
  fill(rect, mix(f.theme.surface1, colour, 0.12F));
  draw_icon(f, tone_icon(tone), rect.x0 + f.px(28), (rect.y0 + rect.y1) / 2, f.px(14), colour);
  Rect words{rect.x0 + f.px(44), rect.y0, rect.x1 - f.px(20), rect.y1};
  const std::string screen = f.screen(wire);
  note(f, ItemKind::card, rect, wire, id.text());
  bool pressed = false;
  if (!action.empty()) {
    const float width = text_width(f, FontRole::text, action);
    words.x1 -= width + f.px(16);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({rect.x1 - f.px(20) - width, rect.y0 + f.px(8)});
    pressed = link(f, Id{id.text() + ".action"}, action);
    ImGui::SetCursorScreenPos(after);
  }
  text_in(f, FontRole::text, words, f.theme.text0, screen);
  return pressed;
}

void notice(FrameContext& f, NoticeTone tone, std::string_view wire) {
  const std::string screen = f.screen(wire);
  const float indent = f.px(36);
  const float width = room_left();
  const float height = text_block(f, FontRole::text, 0, 0, width - indent - f.px(12), 0, screen);
  const Rect rect = place(width, height + f.px(20));
  const Colour colour = tone_colour(f, tone);
  fill(rect, mix(f.theme.surface1, colour, 0.12F), f.px(8));
  outline(rect, mix(f.theme.surface1, colour, 0.45F), f.px(8));
  draw_icon(f, tone_icon(tone), rect.x0 + f.px(19), rect.y0 + f.px(20), f.px(16), colour);
  text_block(f, FontRole::text, rect.x0 + indent, rect.y0 + f.px(10), width - indent - f.px(12),
             f.theme.text0, screen);
  note(f, ItemKind::card, rect, wire);
}

float first_toast_top(const FrameContext& f) {
  return f.px(64);
}

bool toast(FrameContext& f, const Id& id, NoticeTone tone, std::string_view wire, float& top) {
  const std::string screen = f.screen(wire);
  const std::string name = id.text();
  // Between the side bar and the buttons at the rows' right ends, also in the narrowest window.
  const float free = f.width - f.px(kToastLeft + kToastRight + 84);
  const float words =
      std::min({text_width(f, FontRole::text, screen) + 1, f.px(320), std::max(f.px(160), free)});
  const float height = text_block(f, FontRole::text, 0, 0, words, 0, screen) + f.px(24);
  const float width = words + f.px(84);
  ImGui::SetNextWindowPos({std::max((f.width - width) / 2, f.px(kToastLeft)), top}, ImGuiCond_Always);
  top += height + f.px(8);
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, f.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, 0U);
  ImGui::Begin(("##" + name).c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNavFocus);
  const ImVec2 at = ImGui::GetWindowPos();
  const Rect rect{at.x, at.y, at.x + width, at.y + height};
  const Colour colour = tone_colour(f, tone);
  fill(rect, f.theme.surface3, f.px(8));
  outline(rect, f.theme.line, f.px(8));
  draw_icon(f, tone_icon(tone), rect.x0 + f.px(22), (rect.y0 + rect.y1) / 2, f.px(16), colour);
  text_block(f, FontRole::text, rect.x0 + f.px(42), rect.y0 + f.px(12), words, f.theme.text0, screen);
  note(f, ItemKind::toast, rect, wire, name);
  const Rect cross{rect.x1 - f.px(36), (rect.y0 + rect.y1) / 2 - f.px(14), rect.x1 - f.px(8),
                   (rect.y0 + rect.y1) / 2 + f.px(14)};
  const bool pressed = icon_button_at(f, Id{name + ".dismiss"}, cross, Icon::close, tr("Dismiss"));
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  return pressed;
}

}  // namespace wardroom::ui
