#include "common/ui/canvas.hpp"

#include <imgui.h>
#include <imgui_internal.h>

namespace wardroom::ui {
namespace {

void apply_colours(const Theme& t, ImGuiStyle& style) {
  const auto set = [&](ImGuiCol which, Colour colour) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(colour);
  };
  for (ImVec4& colour : style.Colors) colour = {0, 0, 0, 0};
  set(ImGuiCol_Text, t.text0);
  set(ImGuiCol_TextDisabled, t.text1);
  set(ImGuiCol_WindowBg, t.surface1);
  set(ImGuiCol_PopupBg, t.kind == ThemeKind::dark ? t.surface2 : t.surface1);
  set(ImGuiCol_Border, t.line);
  set(ImGuiCol_FrameBg, t.surface2);
  set(ImGuiCol_ScrollbarGrab, t.surface3);
  set(ImGuiCol_ScrollbarGrabHovered, mix(t.surface3, t.text2, 0.4F));
  set(ImGuiCol_ScrollbarGrabActive, t.text2);
  set(ImGuiCol_TextSelectedBg, with_alpha(t.accent, 96));
  set(ImGuiCol_ModalWindowDimBg, t.scrim);
}

// ImGui 1.86 walks on with Tab only from a field; from anything else it starts again at the first. Here the
// first Tab shows where the keyboard is, and the next go on from there.
void walk_on_with_tab() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  const bool tabbing = g.NavMoveScoringItems && (g.NavMoveFlags & ImGuiNavMoveFlags_Tabbing) != 0;
  if (!tabbing || g.NavTabbingDir != 0 || g.NavId == 0) return;
  if (g.NavDisableHighlight) {
    ImGui::NavMoveRequestCancel();
    g.NavDisableHighlight = false;
  } else {
    g.NavTabbingDir = 1;
  }
}

}  // namespace

void apply_style(const Theme& theme, float scale) {
  ImGuiStyle style;
  apply_colours(theme, style);
  style.WindowPadding = {0, 0};
  style.FramePadding = {0, 0};
  style.ItemSpacing = {0, 0};
  style.ItemInnerSpacing = {0, 0};
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.WindowRounding = 0;
  style.PopupRounding = 8;
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 6;
  style.ScaleAllSizes(scale);
  // Below 100 % it would round down to 0, at which ImGui aborts.
  style.WindowMinSize = {1, 1};
  style.CurveTessellationTol = 0.6F;
  style.CircleTessellationMaxError = 0.15F;
  ImGui::GetStyle() = style;
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  // A blinking cursor would wake the program twice a second for nothing.
  io.ConfigInputTextCursorBlink = false;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
}

void begin_canvas(FrameContext& f) {
  walk_on_with_tab();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({f.width, f.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::Begin("##canvas", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
}

void end_canvas() {
  ImGui::End();
}

void begin_pane(FrameContext& f, const Id& id, const Rect& rect, const PaneOptions& options) {
  ImGui::SetCursorScreenPos({rect.x0, rect.y0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {f.px(options.padding_x), f.px(options.padding_y)});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, options.back);
  ImGuiWindowFlags flags = ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_AlwaysUseWindowPadding;
  if (options.scrolls_aside) flags |= ImGuiWindowFlags_HorizontalScrollbar;
  if (!options.scrolls) flags |= ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::BeginChild(id.text().c_str(), {rect.width(), rect.height()}, false, flags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

void end_pane() {
  ImGui::EndChild();
}

void finish_frame() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  for (int i = 0; i < g.OpenPopupStack.Size; ++i) {
    const ImGuiWindow* window = g.OpenPopupStack[i].Window;
    if (window && !window->Active && g.OpenPopupStack[i].OpenFrameCount < g.FrameCount) {
      ImGui::ClosePopupToLevel(i, true);
      return;
    }
  }
}

}  // namespace wardroom::ui
