#include "common/ui/frame_context.hpp"

#include <cmath>
#include <imgui.h>

#include "common/ui/primary_selection.hpp"

namespace wardroom::ui {

float FrameContext::px(float length) const {
  return std::round(length * scale);
}

void FrameContext::request_frame_at(TimePoint t) {
  if (!next_frame_at_ || t < *next_frame_at_) next_frame_at_ = t;
}

bool FrameContext::pressed(Key key, Mods mods) const {
  const ImGuiIO& io = ImGui::GetIO();
  return mods == Mods{io.KeyCtrl, io.KeyShift, io.KeyAlt} && ImGui::IsKeyPressed(static_cast<int>(key), true);
}

void FrameContext::set_clipboard(std::string_view text) {
  ImGui::SetClipboardText(std::string{text}.c_str());
}

void FrameContext::set_primary(std::string_view text) {
  if (primary) primary->give(text);
}

std::string FrameContext::primary_text() {
  return primary ? mend_utf8(primary->take()) : std::string{};
}

void set_key_map() {
  ImGuiIO& io = ImGui::GetIO();
  const auto map = [&](ImGuiKey imgui_key, Key key) { io.KeyMap[imgui_key] = static_cast<int>(key); };
  map(ImGuiKey_Tab, Key::tab);
  map(ImGuiKey_LeftArrow, Key::left);
  map(ImGuiKey_RightArrow, Key::right);
  map(ImGuiKey_UpArrow, Key::up);
  map(ImGuiKey_DownArrow, Key::down);
  map(ImGuiKey_PageUp, Key::page_up);
  map(ImGuiKey_PageDown, Key::page_down);
  map(ImGuiKey_Home, Key::home);
  map(ImGuiKey_End, Key::end);
  map(ImGuiKey_Insert, Key::insert);
  map(ImGuiKey_Delete, Key::del);
  map(ImGuiKey_Backspace, Key::backspace);
  map(ImGuiKey_Space, Key::space);
  map(ImGuiKey_Enter, Key::enter);
  map(ImGuiKey_Escape, Key::escape);
  map(ImGuiKey_KeyPadEnter, Key::keypad_enter);
  map(ImGuiKey_A, Key::a);
  map(ImGuiKey_C, Key::c);
  map(ImGuiKey_V, Key::v);
  map(ImGuiKey_X, Key::x);
  map(ImGuiKey_Y, Key::y);
  map(ImGuiKey_Z, Key::z);
}

}  // namespace wardroom::ui
