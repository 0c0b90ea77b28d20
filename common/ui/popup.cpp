#include "common/ui/popup.hpp"

#include <algorithm>
#include <imgui.h>

#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"

namespace wardroom::ui {

void open_popup(const std::string& name) {
  ImGui::OpenPopup(name.c_str());
}

bool begin_popup(FrameContext& f, const std::string& name, const Rect& anchor, float width) {
  if (!ImGui::IsPopupOpen(name.c_str())) return false;
  const float edge = f.px(4);
  const float x = std::clamp(anchor.x0, edge, std::max(edge, f.width - width - edge));
  const bool above = anchor.y1 > f.height * 0.7F;
  // As high as it was in the last frame. What doesn't fit there begins higher up.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID(name.c_str());
  const float height = kept->GetFloat(key);
  const float y = above ? std::max(anchor.y0 - edge, height + edge)
                        : std::max(edge, std::min(anchor.y1 + edge, f.height - edge - height));
  ImGui::SetNextWindowPos({x, y}, ImGuiCond_Always, {0, above ? 1.0F : 0.0F});
  // What is longer scrolls.
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, f.height * 0.85F});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {edge, edge});
  const bool open = ImGui::BeginPopup(name.c_str(), ImGuiWindowFlags_NoMove);
  ImGui::PopStyleVar();
  if (open) kept->SetFloat(key, ImGui::GetWindowHeight());
  return open;
}

void end_popup() {
  ImGui::EndPopup();
}

bool any_popup_open() {
  return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

bool menu_row(FrameContext& f, const Id& id, std::string_view label, const MenuRowOptions& options) {
  const Rect rect = place(0, f.px(30));
  const Interaction it = interact(f, id, rect, ItemKind::row, label, {.selected = options.checked});
  if (!it.visible) return false;
  if (it.hovered || it.focused) fill(rect, f.theme.surface3, f.px(6));
  const Colour ink = options.danger ? f.theme.bad : f.theme.text0;
  Rect words{rect.x0 + f.px(10), rect.y0, rect.x1 - f.px(28), rect.y1};
  text_in(f, FontRole::text, words, ink, label);
  if (options.checked) {
    draw_icon(f, Icon::check, rect.x1 - f.px(16), (rect.y0 + rect.y1) / 2, f.px(14), f.theme.accent);
  }
  if (!options.shortcut.empty()) {
    words.x0 = rect.x1 - f.px(10) - text_width(f, FontRole::small, options.shortcut);
    words.x1 = rect.x1;
    text_in(f, FontRole::small, words, f.theme.text1, options.shortcut);
  }
  if (it.focused) focus_ring(f, rect, f.px(6));
  return it.pressed;
}

void menu_separator(FrameContext& f) {
  const Rect rect = place(0, f.px(9));
  hairline(f, rect.x0 + f.px(4), rect.x1 - f.px(4), rect.y0 + f.px(4), f.theme.line);
}

}  // namespace wardroom::ui
