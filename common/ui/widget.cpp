#include "common/ui/widget.hpp"

#include <algorithm>
#include <imgui.h>
#include <imgui_internal.h>

#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

// What of the rectangle the window's clipping leaves.
Rect clipped(const Rect& rect) {
  const ImRect& clip = ImGui::GetCurrentWindow()->ClipRect;
  return {std::max(rect.x0, clip.Min.x), std::max(rect.y0, clip.Min.y), std::min(rect.x1, clip.Max.x),
          std::min(rect.y1, clip.Max.y)};
}

bool is_empty(const Rect& rect) {
  return rect.x1 <= rect.x0 || rect.y1 <= rect.y0;
}

}  // namespace

std::string Id::text() const {
  std::string out{name};
  if (number >= 0) out += ":" + std::to_string(number);
  return out;
}

IdScope::IdScope(FrameContext& f, std::string_view prefix) : f_(f), before_(f.scope) {
  f.scope = prefix;
  ImGui::PushID(prefix.data(), prefix.data() + prefix.size());
}

IdScope::~IdScope() {
  ImGui::PopID();
  f_.scope = before_;
}

float room_left() {
  return ImGui::GetContentRegionAvail().x;
}

Rect place(float width, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float w = width > 0 ? width : std::max(1.0F, room_left() + width);
  ImGui::ItemSize(ImVec2{w, height});
  return {at.x, at.y, at.x + w, at.y + height};
}

Interaction interact(FrameContext& f, const Id& id, const Rect& rect, ItemKind kind, std::string_view label,
                     const ItemOptions& options) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  Interaction it;
  if (window->SkipItems) return it;
  const std::string name = id.text();
  const ImGuiID imgui_id = window->GetID(name.c_str());
  const ImRect box{rect.x0, rect.y0, rect.x1, rect.y1};
  ImGuiItemFlags flags = options.takes_keyboard ? ImGuiItemFlags_Inputable : ImGuiItemFlags_NoNav;
  if (options.disabled) flags |= ImGuiItemFlags_Disabled;
  const bool was_disabled = options.disabled;
  if (was_disabled) ImGui::PushItemFlag(ImGuiItemFlags_Disabled, true);
  it.visible = ImGui::ItemAdd(box, imgui_id, nullptr, flags);
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (it.visible) {
    it.pressed = ImGui::ButtonBehavior(box, imgui_id, &it.hovered, &it.held);
    const bool entered = g.NavActivateInputId == imgui_id && ImGui::IsKeyPressedMap(ImGuiKey_Enter);
    it.pressed = (it.pressed || entered) && !options.disabled;
    it.right_pressed = it.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    it.focused = g.NavId == imgui_id && !g.NavDisableHighlight && !options.disabled;
  }
  if (was_disabled) ImGui::PopItemFlag();
  const Rect seen = clipped(rect);
  f.record({kind, name, std::string{label}, seen, !is_empty(seen), options.disabled, options.selected,
            it.focused, std::string{options.state}, is_cut(rect)});
  return it;
}

void note(FrameContext& f, ItemKind kind, const Rect& rect, std::string_view label, std::string_view id,
          std::string_view state) {
  if (!f.recorder || ImGui::GetCurrentWindow()->SkipItems) return;
  const Rect seen = clipped(rect);
  f.record({kind, std::string{id}, std::string{label}, seen, !is_empty(seen), false, false, false,
            std::string{state}, is_cut(rect)});
}

bool is_cut(const Rect& rect) {
  constexpr float kSlack = 1.5F;  // edges are rounded
  const Rect seen = clipped(rect);
  const ImGuiWindowFlags flags = ImGui::GetCurrentWindow()->Flags;
  const bool aside = seen.x0 > rect.x0 + kSlack || seen.x1 < rect.x1 - kSlack;
  const bool down = seen.y0 > rect.y0 + kSlack || seen.y1 < rect.y1 - kSlack;
  const bool scrolls = (flags & ImGuiWindowFlags_NoScrollWithMouse) == 0;
  return (aside && !(scrolls && (flags & ImGuiWindowFlags_HorizontalScrollbar) != 0)) || (down && !scrolls);
}

void focus_next_widget() {
  ImGui::SetKeyboardFocusHere();
}

void vertical_gap(FrameContext& f, float length) {
  ImGui::Dummy({0, f.px(length)});
}

void tooltip(FrameContext& f, const Interaction& it, std::string_view screen) {
  if (!it.hovered || screen.empty()) return;
  ImGui::BeginTooltip();
  const float width = std::min(text_width(f, FontRole::small, screen), f.px(320)) + 1;
  const float height = text_block(f, FontRole::small, 0, 0, width, 0, screen);
  const Rect rect = place(width, height);
  text_block(f, FontRole::small, rect.x0, rect.y0, width, f.theme.text0, screen);
  note(f, ItemKind::text, rect, screen, "tooltip");
  ImGui::EndTooltip();
}

}  // namespace wardroom::ui
