#include "common/ui/text_area.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>

#include "common/base/utf8.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/text_lines.hpp"

namespace wardroom::ui {
namespace {

// All that one frame of a text area works on.
struct Area {
  FrameContext& f;
  TextAreaState& state;
  const TextAreaOptions& options;
  TextAreaResult& result;
  const ImFont& font;
  Rect rect{};
  float step = 0;  // from one line to the next
  std::vector<TextLine> lines;

  const std::string& text() const { return state.edit.text(); }
  std::size_t current_line() const { return line_of(lines, state.edit.cursor()); }
  std::size_t position_under(ImVec2 point) const {
    const float row = std::floor((point.y - rect.y0 + state.scroll) / step);
    const auto last = static_cast<float>(lines.size() - 1);
    const auto line = static_cast<std::size_t>(std::clamp(row, 0.0F, last));
    return position_at(font, text(), lines[line], point.x - rect.x0);
  }
};

bool key(ImGuiKey which, bool repeat = true) {
  return ImGui::IsKeyPressedMap(which, repeat);
}

// While the area has the keyboard, ImGui is not to walk away with the arrows.
void claim_keyboard(ImGuiID id) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (g.ActiveId != id) {
    ImGui::SetActiveID(id, window);
    ImGui::SetFocusID(id, window);
    ImGui::FocusWindow(window);
  }
  g.ActiveIdUsingNavDirMask |=
      (1U << ImGuiDir_Left) | (1U << ImGuiDir_Right) | (1U << ImGuiDir_Up) | (1U << ImGuiDir_Down);
  g.ActiveIdUsingNavInputMask |= 1U << ImGuiNavInput_Cancel;
  for (const ImGuiKey used : {ImGuiKey_Home, ImGuiKey_End, ImGuiKey_PageUp, ImGuiKey_PageDown}) {
    g.ActiveIdUsingKeyInputMask |= static_cast<ImU64>(1) << used;
  }
  // Other things can still be hovered and pressed.
  g.ActiveIdAllowOverlap = !g.IO.MouseDown[0];
  g.WantTextInputNextFrame = 1;
}

void take_characters(Area& area) {
  ImGuiIO& io = ImGui::GetIO();
  // AltGr is Ctrl+Alt on some keyboards, and does type.
  if (io.KeyCtrl && !io.KeyAlt) return;
  for (const ImWchar c : io.InputQueueCharacters) {
    if (c < 0x20 || c == 0x7F) continue;
    std::string text;
    append_code_point(text, c);
    area.state.edit.insert(text);
    area.result.changed = true;
  }
  io.InputQueueCharacters.resize(0);
}

// Up and Down go by lines of the screen, and keep to the column where they started.
void move_by_lines(Area& area, int by, bool select) {
  TextEdit& edit = area.state.edit;
  const std::size_t line = area.current_line();
  if (area.state.goal_x < 0)
    area.state.goal_x = x_of(area.font, area.text(), area.lines[line], edit.cursor());
  const std::ptrdiff_t wanted = static_cast<std::ptrdiff_t>(line) + by;
  if (wanted < 0) {
    edit.move(TextEdit::Step::start, select);
  } else if (wanted >= std::ssize(area.lines)) {
    edit.move(TextEdit::Step::end, select);
  } else {
    edit.move_to(
        position_at(area.font, area.text(), area.lines[static_cast<std::size_t>(wanted)], area.state.goal_x),
        select);
  }
}

void take_moves(Area& area) {
  using Step = TextEdit::Step;
  const ImGuiIO& io = ImGui::GetIO();
  TextEdit& edit = area.state.edit;
  if (io.KeyAlt) return;
  const auto step = [&](Step which) {
    edit.move(which, io.KeyShift);
    area.state.goal_x = -1;
  };
  if (key(ImGuiKey_LeftArrow)) step(io.KeyCtrl ? Step::word_left : Step::left);
  if (key(ImGuiKey_RightArrow)) step(io.KeyCtrl ? Step::word_right : Step::right);
  if (key(ImGuiKey_Home)) step(io.KeyCtrl ? Step::start : Step::line_start);
  if (key(ImGuiKey_End)) step(io.KeyCtrl ? Step::end : Step::line_end);
  if (area.options.leave_up_down) return;
  if (key(ImGuiKey_UpArrow)) {
    area.result.up_when_empty = area.text().empty();
    move_by_lines(area, -1, io.KeyShift);
  }
  if (key(ImGuiKey_DownArrow)) move_by_lines(area, 1, io.KeyShift);
}

void take_clipboard(Area& area) {
  TextEdit& edit = area.state.edit;
  if ((key(ImGuiKey_C, false) || key(ImGuiKey_X, false)) && edit.has_selection()) {
    ImGui::SetClipboardText(std::string{edit.selected()}.c_str());
    if (key(ImGuiKey_X, false)) {
      edit.erase_back(false);
      area.result.changed = true;
    }
  }
  if (key(ImGuiKey_V)) {
    const char* pasted = ImGui::GetClipboardText();
    std::string text{pasted ? pasted : ""};
    std::erase(text, '\r');
    if (!text.empty()) {
      edit.insert(text);
      area.result.changed = true;
    }
  }
}

void take_edits(Area& area) {
  const ImGuiIO& io = ImGui::GetIO();
  TextEdit& edit = area.state.edit;
  const auto changed = [&] {
    area.result.changed = true;
    area.state.goal_x = -1;
  };
  if (key(ImGuiKey_Backspace)) {
    edit.erase_back(io.KeyCtrl);
    changed();
  }
  if (key(ImGuiKey_Delete)) {
    edit.erase_forward(io.KeyCtrl);
    changed();
  }
  const bool enter = key(ImGuiKey_Enter) || key(ImGuiKey_KeyPadEnter);
  if (enter && !area.options.leave_enter_tab) {
    if (io.KeyShift) {
      edit.insert("\n");
      changed();
    } else {
      area.result.submitted = true;
    }
  }
  if (key(ImGuiKey_Escape, false)) area.result.escape = true;
  if (!io.KeyCtrl || io.KeyAlt) return;
  if (key(ImGuiKey_A, false)) edit.select_all();
  if (key(ImGuiKey_Z)) {
    io.KeyShift ? edit.redo() : edit.undo();
    changed();
  }
  if (key(ImGuiKey_Y)) {
    edit.redo();
    changed();
  }
  take_clipboard(area);
}

void take_mouse(Area& area, ImGuiID id, bool hovered) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (hovered && io.MouseClicked[0]) {
    area.state.goal_x = -1;
    const std::size_t at = area.position_under(io.MousePos);
    if (io.MouseDoubleClicked[0]) {
      area.state.edit.select_word_at(at);
    } else {
      area.state.edit.move_to(at, io.KeyShift);
    }
  } else if (g.ActiveId == id && io.MouseDown[0] && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    area.state.edit.move_to(area.position_under(io.MousePos), true);
  }
}

void keep_cursor_visible(Area& area) {
  const float content = static_cast<float>(area.lines.size()) * area.step;
  const float y = static_cast<float>(area.current_line()) * area.step;
  area.state.scroll = std::clamp(area.state.scroll, y + area.step - area.rect.height(), y);
  area.state.scroll = std::clamp(area.state.scroll, 0.0F, std::max(0.0F, content - area.rect.height()));
}

void draw_selection(const Area& area, const TextLine& line, float y) {
  const std::size_t begin = std::max(area.state.edit.selection_begin(), line.begin);
  const std::size_t end = std::min(area.state.edit.selection_end(), line.end);
  if (area.state.edit.selection_begin() > line.end || area.state.edit.selection_end() < line.begin) return;
  if (begin > end) return;
  const float x0 = area.rect.x0 + x_of(area.font, area.text(), line, begin);
  float x1 = area.rect.x0 + x_of(area.font, area.text(), line, end);
  // A selected line break shows as a sliver.
  if (area.state.edit.selection_end() > line.end) x1 += area.f.px(4);
  fill({x0, y, x1, y + area.step}, with_alpha(area.f.theme.accent, 96));
}

void draw_text(Area& area) {
  FrameContext& f = area.f;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect({area.rect.x0, area.rect.y0}, {area.rect.x1 + 2, area.rect.y1}, true);
  const float pad = std::round((area.step - area.font.FontSize) / 2);
  for (std::size_t i = 0; i < area.lines.size(); ++i) {
    const float y = area.rect.y0 + static_cast<float>(i) * area.step - area.state.scroll;
    if (y + area.step < area.rect.y0 || y > area.rect.y1) continue;
    const TextLine& line = area.lines[i];
    if (area.state.focused && area.state.edit.has_selection()) draw_selection(area, line, y);
    list.AddText(&area.font, area.font.FontSize, {area.rect.x0, y + pad}, f.theme.text0,
                 area.text().data() + line.begin, area.text().data() + line.end);
  }
  const std::size_t line = area.current_line();
  const float x = area.rect.x0 + x_of(area.font, area.text(), area.lines[line], area.state.edit.cursor());
  const float y = area.rect.y0 + static_cast<float>(line) * area.step - area.state.scroll;
  if (area.state.focused)
    fill({x, y + f.px(2), x + std::max(1.0F, f.px(1.5F)), y + area.step - f.px(2)}, f.theme.text0);
  list.PopClipRect();
  area.result.cursor_x = x;
  area.result.cursor_y = y;
}

}  // namespace

TextAreaResult text_area(FrameContext& f, const Id& id, TextAreaState& state, float width,
                         const TextAreaOptions& options) {
  TextAreaResult result;
  const ImFont& font = *f.font(FontRole::text);
  Area area{f, state, options, result, font};
  area.step = f.px(20);
  area.lines = wrap_lines(font, area.text(), width);
  const float shown =
      std::clamp(static_cast<float>(area.lines.size()), options.least_lines, options.most_lines);
  result.height = shown * area.step;
  area.rect = place(width, result.height);

  const std::string name = id.text();
  const ImGuiID imgui_id = ImGui::GetCurrentWindow()->GetID(name.c_str());
  const ImRect box{area.rect.x0, area.rect.y0, area.rect.x1, area.rect.y1};
  ImGuiItemFlags flags = ImGuiItemFlags_Inputable;
  if (options.disabled) flags |= ImGuiItemFlags_Disabled;
  if (options.take_focus && !options.disabled) claim_keyboard(imgui_id);
  if (ImGui::ItemAdd(box, imgui_id, nullptr, flags) && !options.disabled) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const bool hovered = ImGui::ItemHoverable(box, imgui_id);
    const bool clicked = hovered && g.IO.MouseClicked[0];
    const bool reached = g.NavActivateId == imgui_id || g.NavActivateInputId == imgui_id;
    if (clicked || reached) claim_keyboard(imgui_id);
    state.focused = g.ActiveId == imgui_id;
    if (state.focused && g.IO.MouseClicked[0] && !hovered) {
      ImGui::ClearActiveID();
      state.focused = false;
    }
    take_mouse(area, imgui_id, hovered);
    if (state.focused) {
      claim_keyboard(imgui_id);
      take_moves(area);
      // Characters come after the keys: Enter in the same frame belongs to what was typed before it.
      take_characters(area);
      take_edits(area);
      if (result.changed) area.lines = wrap_lines(font, area.text(), width);
    }
  } else {
    state.focused = false;
  }
  keep_cursor_visible(area);
  if (area.text().empty()) text_in(f, FontRole::text, area.rect, f.theme.text1, options.placeholder);
  draw_text(area);
  f.record({ItemKind::field, name, f.fonts.from_screen(options.placeholder), area.rect, true,
            options.disabled, false, state.focused, f.fonts.from_screen(area.text())});
  return result;
}

}  // namespace wardroom::ui
