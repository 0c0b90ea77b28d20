#include "client/views/timeline_selecting.hpp"

#include <algorithm>
#include <imgui.h>
#include <iterator>

#include "common/ui/popup.hpp"
#include "common/ui/rich_text.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kMoved = 4;  // a hand that clicks isn't steadier
constexpr float kEdge = 16;  // so near to an edge the messages scroll
constexpr float kFastest = 2400;

bool has_moved(const FrameContext& f) {
  const float steady = f.px(kMoved);
  return ImGui::GetIO().MouseDragMaxDistanceSqr[ImGuiMouseButton_Left] >= steady * steady;
}

bool is_message(const TimelineRow& row) {
  return row.kind == TimelineRow::Kind::message;
}

// The spot closest to the mouse. Lines between messages belong to the message below them.
TextSpot spot_under_mouse(const TimelineProps& props, FrameContext& f, const Rect& area,
                          std::span<const DrawnRow> drawn, TextSelection::Unit unit) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float y = std::clamp(mouse.y, area.y0, area.y1 - 1);
  auto at = std::find_if(drawn.begin(), drawn.end(),
                         [&](const DrawnRow& one) { return one.rect.y1 > y && is_message(*one.row); });
  const bool below_all = at == drawn.end();
  if (below_all) {
    const auto last =
        std::find_if(drawn.rbegin(), drawn.rend(), [](const DrawnRow& one) { return is_message(*one.row); });
    if (last == drawn.rend()) return {};
    at = std::prev(last.base());
  }
  const std::string seen = seen_row_text(f, *at->row, props.self_name);
  const float left = at->rect.x0 + text_left(f), top = at->rect.y0 + text_top(f, *at->row);
  std::size_t offset = offset_at(at->layout->body, mouse.x - left, y - top);
  if (below_all) offset = seen.size();
  if (y < at->rect.y0) offset = 0;
  return spot_at(*at->row, seen, offset, unit);
}

TextSelection::Unit unit_of(int clicks) {
  if (clicks >= 3) return TextSelection::Unit::paragraph;
  return clicks == 2 ? TextSelection::Unit::word : TextSelection::Unit::character;
}

bool is_over(const Rect& rect, const ImVec2& at) {
  return at.x >= rect.x0 && at.x < rect.x1 && at.y >= rect.y0 && at.y < rect.y1;
}

void press(const TimelineProps& props, TextSelection& selection, FrameContext& f, const Rect& area,
           std::span<const DrawnRow> drawn) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool here = is_over(area, io.MousePos) && ImGui::IsWindowHovered() && !ImGui::IsAnyItemHovered();
  const bool extends = here && io.KeyShift && selection.anchor.is_set();
  if (here && !extends) selection.clear();
  selection.here = selection.pressed = here;
  if (!here) return;
  selection.revision = props.revision;
  if (!extends) selection.unit = unit_of(ImGui::GetMouseClickedCount(ImGuiMouseButton_Left));
  selection.cursor = spot_under_mouse(props, f, area, drawn, selection.unit);
  if (!extends) selection.anchor = selection.cursor;
}

// How far to scroll in this frame; the nearer to the edge or the further beyond it, the faster.
float edge_scroll(FrameContext& f, const Rect& area) {
  const ImGuiIO& io = ImGui::GetIO();
  float beyond = 0;
  if (io.MousePos.y < area.y0 + f.px(kEdge)) beyond = io.MousePos.y - (area.y0 + f.px(kEdge));
  if (io.MousePos.y > area.y1 - f.px(kEdge)) beyond = io.MousePos.y - (area.y1 - f.px(kEdge));
  if (beyond == 0) return 0;
  f.request_frame_at(f.now);
  return std::clamp(beyond * 12, -f.px(kFastest), f.px(kFastest)) * std::min(io.DeltaTime, 0.05F);
}

void show_text_cursor(FrameContext& f, std::span<const DrawnRow> drawn) {
  if (!ImGui::IsWindowHovered() || ImGui::IsAnyItemHovered()) return;
  // A link has said already that it can be pressed.
  if (ImGui::GetMouseCursor() != ImGuiMouseCursor_Arrow) return;
  for (const DrawnRow& one : drawn) {
    if (!is_message(*one.row)) continue;
    const float left = one.rect.x0 + text_left(f), top = one.rect.y0 + text_top(f, *one.row);
    const Rect text{left, top, left + one.layout->body.width, top + one.layout->body.height};
    if (is_over(text, ImGui::GetIO().MousePos)) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  }
}

}  // namespace

bool is_click(const FrameContext& f, const TextSelection& selection) {
  return selection.pressed && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && !has_moved(f) &&
         !ImGui::GetIO().KeyShift;
}

float select_by_mouse(const TimelineProps& props, TextSelection& selection, FrameContext& f, const Rect& area,
                      std::span<const DrawnRow> drawn) {
  show_text_cursor(f, drawn);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    press(props, selection, f, area, drawn);
    f.request_frame_at(f.now);
    return 0;
  }
  if (!selection.pressed) return 0;
  if (has_moved(f)) selection.cursor = spot_under_mouse(props, f, area, drawn, selection.unit);
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return has_moved(f) ? edge_scroll(f, area) : 0;
  selection.pressed = false;
  if (!selection.empty()) f.set_primary(copied_text(selection, props, f, CopyStyle::text));
  return 0;
}

void select_by_keys(const TimelineProps& props, TextSelection& selection, FrameContext& f, bool keys_free) {
  if (any_popup_open()) return;
  const bool writing = ImGui::GetIO().WantTextInput;
  if (f.pressed(Key::escape)) selection.clear();
  if (selection.here && !writing && f.pressed(Key::a, {.ctrl = true})) {
    select_everything(selection, props, f);
    f.set_primary(copied_text(selection, props, f, CopyStyle::text));
  }
  if (selection.empty() || (writing && !keys_free)) return;
  if (f.pressed(Key::c, {.ctrl = true}) || f.pressed(Key::insert, {.ctrl = true}))
    f.set_clipboard(copied_text(selection, props, f, CopyStyle::text));
}

}  // namespace wardroom::client::views
