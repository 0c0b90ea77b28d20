#include "common/ui/alarm_bar.hpp"

#include <imgui.h>
#include <string>

#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

constexpr float kLeft = 48;
constexpr float kRight = 20;
constexpr float kTop = 12;
constexpr float kActions = 34;

float words_height(FrameContext& f, std::string_view screen, float width) {
  return text_block(f, FontRole::text, 0, 0, width - f.px(kLeft + kRight), 0, screen);
}

}  // namespace

float alarm_bar_height(FrameContext& f, std::string_view wire, float width) {
  return words_height(f, f.screen(wire), width) + f.px(kTop + kActions);
}

std::optional<std::size_t> alarm_bar(FrameContext& f, const Id& id, std::string_view wire,
                                     std::span<const BarAction> actions, BarTone tone) {
  const std::string screen = f.screen(wire);
  const float width = room_left();
  const float words = words_height(f, screen, width);
  const Rect rect = place(width, words + f.px(kTop + kActions));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const bool alarms = tone == BarTone::alarm;
  const Colour colour = alarms ? f.theme.bad : f.theme.accent;
  fill(rect, mix(f.theme.surface1, colour, 0.16F));
  fill({rect.x0, rect.y0, rect.x0 + f.px(4), rect.y1}, colour);
  draw_icon(f, alarms ? Icon::warning : Icon::people, rect.x0 + f.px(28), rect.y0 + f.px(kTop + 9), f.px(18),
            colour);
  text_block(f, FontRole::text, rect.x0 + f.px(kLeft), rect.y0 + f.px(kTop), width - f.px(kLeft + kRight),
             f.theme.text0, screen);
  note(f, ItemKind::card, rect, wire, id.text(), alarms ? "alarm" : "news");
  hairline(f, rect.x0, rect.x1, rect.y1 - 1, f.theme.line);
  std::optional<std::size_t> pressed;
  float x = rect.x0 + f.px(kLeft);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    ImGui::SetCursorScreenPos({x, rect.y0 + f.px(kTop + 6) + words});
    if (link(f, actions[i].id, actions[i].label)) pressed = i;
    x += text_width(f, FontRole::text, actions[i].label) + f.px(24);
  }
  ImGui::SetCursorScreenPos(after);
  return pressed;
}

}  // namespace wardroom::ui
