#include "common/ui/dialog.hpp"

#include <algorithm>
#include <imgui.h>

#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::ui {
namespace {

void draw_title(FrameContext& f, const std::string& name, std::string_view title, bool& close) {
  const Rect bar = place(0, f.px(32));
  text_line(f, FontRole::heading, bar.x0, bar.y0, f.theme.text0, title, bar.width() - f.px(40));
  const Rect cross{bar.x1 - f.px(28), bar.y0 - f.px(2), bar.x1, bar.y0 + f.px(26)};
  const ImVec2 after = ImGui::GetCursorScreenPos();
  if (icon_button_at(f, Id{name + ".close"}, cross, Icon::close, tr("Close (Esc)"))) close = true;
  ImGui::SetCursorScreenPos(after);
}

bool pressed_beside() {
  return ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowAppearing() &&
         !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows |
                                 ImGuiHoveredFlags_AllowWhenBlockedByActiveItem |
                                 ImGuiHoveredFlags_AllowWhenBlockedByPopup);
}

}  // namespace

bool begin_dialog(FrameContext& f, const Id& id, std::string_view title, const DialogOptions& options,
                  bool& close) {
  const std::string name = id.text();
  if (!ImGui::IsPopupOpen(name.c_str())) ImGui::OpenPopup(name.c_str());
  const float width = std::min(f.px(options.width), f.width - f.px(32));
  const bool centred = options.top <= 0;
  ImGui::SetNextWindowPos({f.width / 2, centred ? f.height / 2 : f.px(options.top)}, ImGuiCond_Always,
                          {0.5F, centred ? 0.5F : 0.0F});
  const float most = f.height - f.px(32);
  const float height = std::min(f.px(options.height), most);
  ImGui::SetNextWindowSizeConstraints({width, height}, {width, options.height > 0 ? height : most});
  const float padding = f.px(options.plain ? 8 : 20);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {padding, padding});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, f.px(10));
  const bool open =
      ImGui::BeginPopupModal(name.c_str(), nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(2);
  if (!open) return false;
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  note(f, ItemKind::dialog, {at.x, at.y, at.x + size.x, at.y + size.y}, title, name);
  if (f.pressed(Key::escape) || (options.plain && pressed_beside())) close = true;
  if (!options.plain) draw_title(f, name, title, close);
  return true;
}

void end_dialog() {
  ImGui::EndPopup();
}

DialogChoice dialog_buttons(FrameContext& f, const Id& id, const DialogButtons& buttons) {
  vertical_gap(f, 16);
  const std::string name = id.text();
  const float confirm = button_width(f, buttons.confirm) + f.px(8);
  const std::string_view cancel_label =
      buttons.cancel.empty() ? std::string_view{tr("Cancel")} : buttons.cancel;
  const float cancel = button_width(f, cancel_label);
  const float start = room_left() - confirm - cancel - f.px(8);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, start));
  DialogChoice choice = DialogChoice::none;
  if (button(f, Id{name + ".cancel"}, cancel_label)) choice = DialogChoice::cancelled;
  ImGui::SameLine(0, f.px(8));
  const ButtonOptions options{.tone = buttons.danger ? ButtonTone::danger : ButtonTone::primary,
                              .disabled = buttons.confirm_disabled,
                              .width = confirm};
  if (button(f, Id{name + ".confirm"}, buttons.confirm, options)) choice = DialogChoice::confirmed;
  return choice;
}

}  // namespace wardroom::ui
