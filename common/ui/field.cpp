#include "common/ui/field.hpp"

#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/keys.hpp"

namespace wardroom::ui {
namespace {

void draw_frame(FrameContext& f, const Rect& rect, const FieldOptions& options, bool focused) {
  fill(rect, options.disabled ? f.theme.surface1 : f.theme.surface2, f.px(6));
  Colour line = f.theme.line;
  if (focused) line = f.theme.accent;
  if (!options.error.empty()) line = f.theme.bad;
  outline(rect, line, f.px(6), focused ? f.px(2) : 1);
}

void draw_note_below(FrameContext& f, const FieldOptions& options, float width) {
  const bool wrong = !options.error.empty();
  const std::string words = f.screen(wrong ? options.error : options.help);
  if (words.empty()) return;
  vertical_gap(f, 4);
  const float indent = wrong ? f.px(18) : 0;
  const float height = text_block(f, FontRole::small, 0, 0, width - indent, 0, words);
  const Rect rect = place(width, height);
  const Colour ink = wrong ? f.theme.bad : f.theme.text2;
  if (wrong) draw_icon(f, Icon::warning, rect.x0 + f.px(7), rect.y0 + f.px(8), f.px(14), ink);
  text_block(f, FontRole::small, rect.x0 + indent, rect.y0, width - indent, ink, words);
  note(f, ItemKind::text, rect, wrong ? options.error : options.help);
}

// Enter ends the editing of a field. The keyboard stays with it all the same, also while an answer is
// awaited, until the person goes elsewhere: whoever is refused types on. Kept with the window, by the frame
// in which it was last so; a field that wasn't drawn since is another one.
class KeptFocus {
 public:
  explicit KeptFocus(ImGuiID field) : field_(field), key_(field + 1) {
    kept_ = ImGui::GetStateStorage()->GetInt(key_, -1) == ImGui::GetFrameCount() - 1;
    const bool elsewhere = ImGui::GetActiveID() != 0 || ImGui::IsMouseClicked(ImGuiMouseButton_Left) ||
                           ImGui::IsKeyPressed(static_cast<int>(Key::tab), false) ||
                           ImGui::IsKeyPressed(static_cast<int>(Key::escape), false) ||
                           !ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
    if (elsewhere) kept_ = false;
  }
  bool is_wanted() const { return kept_; }
  void remember(bool ended) {
    if (ended || (kept_ && ImGui::GetActiveID() != field_))
      ImGui::GetStateStorage()->SetInt(key_, ImGui::GetFrameCount());
  }

 private:
  const ImGuiID field_;
  const ImGuiID key_;
  bool kept_;
};

// A key that is held down enters once.
bool is_entered_now() {
  return ImGui::IsKeyPressed(static_cast<int>(Key::enter), false) ||
         ImGui::IsKeyPressed(static_cast<int>(Key::keypad_enter), false);
}

void move_cursor_to_end(ImGuiID field) {
  auto* state = ImGui::GetInputTextState(field);
  if (!state) return;
  state->Stb.cursor = state->Stb.select_start = state->Stb.select_end = state->CurLenW;
}

}  // namespace

FieldResult text_field(FrameContext& f, const Id& id, std::string& value, const FieldOptions& options) {
  FieldResult result;
  const std::string name = id.text();
  const float width = options.width > 0 ? options.width : room_left();
  if (!options.label.empty()) {
    const Rect rect = place(width, line_height(f, FontRole::small));
    text_line(f, FontRole::small, rect.x0, rect.y0, f.theme.text1, options.label);
    vertical_gap(f, 4);
  }
  const Rect rect = place(width, f.px(34));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const bool clearable = options.search && !value.empty() && !options.disabled;
  const float left = f.px(options.search ? 30 : 10);
  const float right = f.px(clearable ? 30 : 10);

  // The frame is drawn before the text, so whether it is focused comes from the frame before.
  const std::string hidden_label = "###" + name;
  const ImGuiID imgui_id = ImGui::GetCurrentWindow()->GetID(hidden_label.c_str());
  draw_frame(f, rect, options, ImGui::GetActiveID() == imgui_id);
  if (options.search)
    draw_icon(f, Icon::search, rect.x0 + f.px(17), (rect.y0 + rect.y1) / 2, f.px(14), f.theme.text1);

  ImFont* font = f.font(options.mono ? FontRole::mono : FontRole::text);
  ImGui::PushFont(font);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  ImGui::PushStyleColor(ImGuiCol_NavHighlight, 0U);
  ImGui::PushStyleColor(ImGuiCol_Text, options.disabled ? f.theme.text2 : f.theme.text0);
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, f.theme.text1);
  ImGui::BeginDisabled(options.disabled);
  ImGui::SetCursorScreenPos({rect.x0 + left, std::round((rect.y0 + rect.y1 - font->FontSize) / 2)});
  ImGui::SetNextItemWidth(rect.width() - left - right);
  KeptFocus kept(imgui_id);
  if (options.take_focus || (kept.is_wanted() && !options.disabled)) ImGui::SetKeyboardFocusHere();
  std::string screen = f.screen(value);
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_EnterReturnsTrue;
  if (options.password) flags |= ImGuiInputTextFlags_Password;
  const std::string hint = f.screen(options.placeholder);
  const bool ended = ImGui::InputTextWithHint(hidden_label.c_str(), hint.c_str(), &screen, flags);
  result.submitted = ended && is_entered_now();
  result.focused = ImGui::IsItemActive();
  kept.remember(ended);
  if (result.focused && options.cursor_at_end) move_cursor_to_end(ImGui::GetItemID());
  if (ImGui::IsItemEdited() || screen != f.screen(value)) {
    value = f.fonts.from_screen(screen);
    result.changed = true;
  }
  ImGui::EndDisabled();
  ImGui::PopStyleColor(4);
  ImGui::PopStyleVar();
  ImGui::PopFont();

  const std::string shown_state = options.password ? std::string(value.size(), '*') : value;
  f.record({ItemKind::field, name, std::string{options.label.empty() ? options.placeholder : options.label},
            rect, true, options.disabled, false, result.focused, shown_state});
  if (clearable) {
    const Rect cross{rect.x1 - f.px(30), rect.y0 + f.px(3), rect.x1 - f.px(2), rect.y1 - f.px(3)};
    if (icon_button_at(f, Id{name + ".clear"}, cross, Icon::close, "Clear")) {
      value.clear();
      result.changed = true;
    }
  }
  ImGui::SetCursorScreenPos(after);
  draw_note_below(f, options, width);
  return result;
}

}  // namespace wardroom::ui
