#include <algorithm>
#include <imgui.h>
#include <imgui_internal.h>
#include <utility>

#include "common/base/utf8.hpp"
#include "common/ui/edited_text.hpp"

namespace wardroom::ui {
namespace {

bool key(ImGuiKey which, bool repeat = true) {
  return ImGui::IsKeyPressedMap(which, repeat);
}

void take_characters(EditedText& area) {
  const ImGuiIO& io = ImGui::GetIO();
  // AltGr is Ctrl+Alt on some keyboards, and does type.
  if (!area.f.input || (io.KeyCtrl && !io.KeyAlt)) return;
  const std::string typed = mend_utf8(std::exchange(area.f.input->typed, {}));
  for (std::size_t at = 0; at < typed.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(typed, at);
    if (c < 0x20 || c == 0x7F) continue;
    area.state.edit.insert(std::string_view{typed}.substr(begin, at - begin));
    area.state.goal_x = -1;
    area.result.changed = area.result.typed = true;
  }
}

// Left and Right go as the eye sees it; with a selection, to that edge of it.
void move_sideways(EditedText& area, bool right) {
  const ImGuiIO& io = ImGui::GetIO();
  TextEdit& edit = area.state.edit;
  const std::size_t line = typeset::place_of(area.layout(), area.caret()).line;
  const bool onwards = right != area.layout().lines[line].right_to_left;
  area.state.goal_x = -1;
  if (io.KeyCtrl)
    return edit.move(onwards ? TextEdit::Step::word_forth : TextEdit::Step::word_back, io.KeyShift);
  if (!io.KeyShift && edit.has_selection())
    return edit.move_to(onwards ? edit.selection_end() : edit.selection_begin(), false);
  const auto next = right ? typeset::step_right(area.layout(), area.caret())
                          : typeset::step_left(area.layout(), area.caret());
  if (next)
    area.move_to(*next, io.KeyShift);
  else if (!io.KeyShift)
    area.move_to(area.caret(), false);
}

// Up and Down go by lines of the screen, and keep to the column where they started.
void move_by_lines(EditedText& area, int by, bool select) {
  const typeset::CaretPlace place = typeset::place_of(area.layout(), area.caret());
  if (area.state.goal_x < 0) area.state.goal_x = place.x;
  const std::ptrdiff_t wanted = static_cast<std::ptrdiff_t>(place.line) + by;
  if (wanted < 0)
    area.state.edit.move(TextEdit::Step::start, select);
  else if (wanted >= std::ssize(area.layout().lines))
    area.state.edit.move(TextEdit::Step::end, select);
  else
    area.move_to(typeset::caret_in_line(area.layout(), static_cast<std::size_t>(wanted), area.state.goal_x),
                 select);
}

void move_to_end_of_line(EditedText& area, bool end) {
  const ImGuiIO& io = ImGui::GetIO();
  area.state.goal_x = -1;
  if (io.KeyCtrl) return area.state.edit.move(end ? TextEdit::Step::end : TextEdit::Step::start, io.KeyShift);
  const std::size_t line = typeset::place_of(area.layout(), area.caret()).line;
  area.move_to(end ? typeset::line_end(area.layout(), line) : typeset::line_start(area.layout(), line),
               io.KeyShift);
}

void take_moves(EditedText& area) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyAlt) return;
  if (key(ImGuiKey_LeftArrow)) move_sideways(area, false);
  if (key(ImGuiKey_RightArrow)) move_sideways(area, true);
  if (key(ImGuiKey_Home)) move_to_end_of_line(area, false);
  if (key(ImGuiKey_End)) move_to_end_of_line(area, true);
  if (area.options.leave_up_down || area.options.single_line) return;
  if (key(ImGuiKey_UpArrow)) {
    area.result.up_when_empty = area.text().empty();
    move_by_lines(area, -1, io.KeyShift);
  }
  if (key(ImGuiKey_DownArrow)) move_by_lines(area, 1, io.KeyShift);
}

void paste_clipboard(EditedText& area) {
  const char* pasted = ImGui::GetClipboardText();
  std::string text{pasted ? pasted : ""};
  // Once, however long the keys are held.
  area.result.pasted_nothing = text.empty() && (key(ImGuiKey_V, false) || key(ImGuiKey_Insert, false));
  paste_into(area, std::move(text));
}

void take_clipboard(EditedText& area) {
  TextEdit& edit = area.state.edit;
  const bool copy = key(ImGuiKey_C, false) || key(ImGuiKey_Insert, false);
  const bool cut = key(ImGuiKey_X, false);
  if ((copy || cut) && edit.has_selection() && !area.options.password) {
    ImGui::SetClipboardText(std::string{edit.selected()}.c_str());
    if (cut) {
      edit.erase_back(false);
      area.result.changed = true;
    }
  }
  if (key(ImGuiKey_V)) paste_clipboard(area);
}

void take_enter(EditedText& area) {
  const bool repeats = !area.options.single_line;
  const bool enter = key(ImGuiKey_Enter, repeats) || key(ImGuiKey_KeyPadEnter, repeats);
  if (!enter || area.options.leave_enter_tab) return;
  if (area.options.single_line || !ImGui::GetIO().KeyShift) {
    area.result.submitted = true;
    return;
  }
  area.state.edit.insert("\n");
  area.state.goal_x = -1;
  area.result.changed = true;
}

void take_edits(EditedText& area) {
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
  take_enter(area);
  if (key(ImGuiKey_Escape, false)) area.result.escape = true;
  if (key(ImGuiKey_Insert) && io.KeyShift && !io.KeyCtrl && !io.KeyAlt) paste_clipboard(area);
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

}  // namespace

void paste_into(EditedText& area, std::string text) {
  text = mend_utf8(text);
  std::erase(text, '\r');
  if (area.options.single_line) std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.empty()) return;
  if (area.options.most_pasted > 0 && text.size() > area.options.most_pasted) {
    area.result.too_long = std::move(text);
    return;
  }
  area.state.edit.insert(text);
  area.state.goal_x = -1;
  area.result.changed = true;
}

void take_keys(EditedText& area) {
  take_moves(area);
  // Characters come after the keys: Enter in the same frame belongs to what was typed before it.
  take_characters(area);
  take_edits(area);
}

}  // namespace wardroom::ui
