#include "common/ui/text_area.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>

#include "common/base/utf8.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/edited_text.hpp"

namespace wardroom::ui {
namespace {

// While the area has the keyboard, ImGui is not to walk away with the keys that it uses.
void claim_keyboard(ImGuiID id, const TextAreaOptions& options) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (g.ActiveId != id) {
    ImGui::SetActiveID(id, window);
    ImGui::SetFocusID(id, window);
    ImGui::FocusWindow(window);
  }
  // A window that appears moves the place from which Tab goes on to its first button.
  if (g.NavId != id) ImGui::SetFocusID(id, window);
  const auto use_key = [&](ImGuiKey key) { g.ActiveIdUsingKeyInputMask |= static_cast<ImU64>(1) << key; };
  g.ActiveIdUsingNavDirMask |= (1U << ImGuiDir_Left) | (1U << ImGuiDir_Right);
  g.ActiveIdUsingNavInputMask |= 1U << ImGuiNavInput_Cancel;
  use_key(ImGuiKey_Home);
  use_key(ImGuiKey_End);
  if (!options.single_line) {
    g.ActiveIdUsingNavDirMask |= (1U << ImGuiDir_Up) | (1U << ImGuiDir_Down);
    use_key(ImGuiKey_PageUp);
    use_key(ImGuiKey_PageDown);
  }
  // Other things can still be hovered and pressed.
  g.ActiveIdAllowOverlap = !g.IO.MouseDown[0];
  g.WantTextInputNextFrame = 1;
}

void press_in_text(EditedText& area) {
  const ImGuiIO& io = ImGui::GetIO();
  TextEdit& edit = area.state.edit;
  area.state.goal_x = -1;
  const typeset::Caret at = area.caret_under(io.MousePos.x, io.MousePos.y);
  const int clicks = io.MouseClickedCount[0];
  if (area.options.single_line && (clicks >= 3 || (clicks == 2 && area.options.password)))
    edit.select_all();
  else if (clicks == 2)
    edit.select_word_at(at.position);
  else
    area.move_to(at, io.KeyShift);
}

void ask_for_menu(EditedText& area, typeset::Caret at, float x) {
  const typeset::LaidLine& line = area.layout().lines[typeset::place_of(area.layout(), at).line];
  area.result.menu_at = area.edited(at.position);
  area.result.menu_line = {x, area.top() + line.top, x, area.top() + line.top + line.height};
}

void take_mouse(EditedText& area, ImGuiID id, bool hovered) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (hovered && io.MouseClicked[0]) {
    press_in_text(area);
  } else if (hovered && io.MouseClicked[2]) {
    area.move_to(area.caret_under(io.MousePos.x, io.MousePos.y), false);
    paste_into(area, area.f.primary_text());
  } else if (hovered && io.MouseClicked[1]) {
    ask_for_menu(area, area.caret_under(io.MousePos.x, io.MousePos.y), io.MousePos.x);
  } else if (g.ActiveId == id && io.MouseDown[0] && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    area.move_to(area.caret_under(io.MousePos.x, io.MousePos.y), true);
  }
  if (g.ActiveId == id && io.MouseReleased[0] && area.state.edit.has_selection() && !area.options.password)
    area.f.set_primary(area.state.edit.selected());
}

void draw_selection(const EditedText& area) {
  const TextEdit& edit = area.state.edit;
  if (!area.state.focused || !edit.has_selection()) return;
  const std::size_t begin = area.shown(edit.selection_begin()), end = area.shown(edit.selection_end());
  const Colour colour = with_alpha(area.f.theme.accent, 96);
  const auto& lines = area.layout().lines;
  for (const typeset::SelectedSpan& span : typeset::selected_spans(area.layout(), begin, end)) {
    const typeset::LaidLine& line = lines[span.line];
    fill({area.left() + span.left, area.top() + line.top, area.left() + span.right,
          area.top() + line.top + line.height},
         colour);
  }
  // A selected line break shows as a sliver, where the line is read to its end.
  for (const typeset::LaidLine& line : lines) {
    if (!line.ends_paragraph || line.end < begin || line.end >= end) continue;
    const float x = area.left() + (line.right_to_left ? line.left - area.f.px(4) : line.right);
    fill({x, area.top() + line.top, x + area.f.px(4), area.top() + line.top + line.height}, colour);
  }
}

void draw_misspelled(EditedText& area, std::string_view id) {
  if (!area.options.misspelled) return;
  FrameContext& f = area.f;
  const auto& layout = area.layout();
  // What is scrolled away costs nothing.
  const auto& first = layout.lines[typeset::line_at(layout, area.rect.y0 - area.top())];
  const auto& last = layout.lines[typeset::line_at(layout, area.rect.y1 - area.top())];
  for (const TextPart& part : area.options.misspelled(area.state.edit, {first.begin, last.end})) {
    for (const typeset::SelectedSpan& span : typeset::selected_spans(layout, part.begin, part.end)) {
      const typeset::LaidLine& line = layout.lines[span.line];
      const float x0 = area.left() + span.left, x1 = area.left() + span.right;
      wave(f, x0, x1, area.top() + line.baseline + f.px(3), f.theme.bad);
      note(f, ItemKind::text, {x0, area.top() + line.top, x1, area.top() + line.top + line.height},
           std::string_view{area.text()}.substr(part.begin, part.end - part.begin),
           std::string{id} + ".misspelled");
    }
  }
}

void draw_edited(EditedText& area, std::string_view id) {
  FrameContext& f = area.f;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float spare = area.options.single_line ? f.px(4) : 0;
  list.PushClipRect({area.rect.x0, area.rect.y0 - spare}, {area.rect.x1 + 2, area.rect.y1 + spare}, true);
  draw_selection(area);
  const Colour ink = area.options.ink != 0 ? area.options.ink : f.theme.text0;
  draw_layout(f, area.layout(), area.left(), area.top(), {&ink, 1});
  draw_misspelled(area, id);
  const typeset::CaretPlace cursor = typeset::place_of(area.layout(), area.caret());
  const typeset::LaidLine& line = area.layout().lines[cursor.line];
  const float x = area.left() + cursor.x;
  const float y = area.top() + line.top;
  if (area.state.focused) {
    const float inset = area.options.single_line ? 0 : f.px(2);
    fill({x, y + inset, x + std::max(1.0F, f.px(1.5F)), y + line.height - inset}, f.theme.text0);
  }
  list.PopClipRect();
  area.result.cursor_x = x;
  area.result.cursor_y = y;
}

// The keyboard came here in this frame, and not by a click.
void enter_field(EditedText& area) {
  if (!area.options.single_line) return;
  if (area.options.cursor_at_end)
    area.state.edit.move(TextEdit::Step::end, false);
  else
    area.state.edit.select_all();
}

// A field that waits for an answer keeps the keyboard until the person goes elsewhere.
void wait_disabled(ImGuiID id) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.ActiveId == id && (g.IO.MouseClicked[0] || ImGui::IsKeyPressedMap(ImGuiKey_Escape, false)))
    ImGui::ClearActiveID();
}

void take_input(EditedText& area, ImGuiID id, const ImRect& box, float width) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  TextAreaState& state = area.state;
  const bool hovered = ImGui::ItemHoverable(box, id);
  const bool clicked = hovered && (g.IO.MouseClicked[0] || g.IO.MouseClicked[2]);
  const bool reached = g.NavActivateId == id || g.NavActivateInputId == id;
  if (clicked || reached) claim_keyboard(id, area.options);
  state.focused = g.ActiveId == id;
  if (state.focused && g.IO.MouseClicked[0] && !hovered) {
    ImGui::ClearActiveID();
    state.focused = false;
  }
  // One that waited for an answer goes on where it was.
  if (state.focused && g.ActiveIdPreviousFrame != id && !clicked) enter_field(area);
  take_mouse(area, id, hovered);
  if (!state.focused) return;
  claim_keyboard(id, area.options);
  take_keys(area);
  if (area.result.changed) area.lay_out(width);
  if (area.f.pressed(Key::menu) || area.f.pressed(Key::f10, {.shift = true}))
    ask_for_menu(area, area.caret(), area.left() + typeset::place_of(area.layout(), area.caret()).x);
  if (!area.options.single_line || !area.result.escape) return;
  ImGui::ClearActiveID();
  state.focused = false;
}

}  // namespace

unsigned text_area_number(const Id& id) {
  return ImGui::GetCurrentWindow()->GetID(id.text().c_str());
}

float text_area_height(FrameContext& f, std::string_view text, float width, const TextAreaOptions& options) {
  TextAreaState state;
  TextAreaResult result;
  state.edit.set_text(std::string{text});
  EditedText area{f, state, options, result};
  area.lay_out(width);
  return std::clamp(area.layout().height, options.least_lines * area.step(),
                    options.most_lines * area.step());
}

TextAreaResult text_area(FrameContext& f, const Id& id, TextAreaState& state, float width,
                         const TextAreaOptions& options) {
  TextAreaResult result;
  EditedText area{f, state, options, result};
  area.lay_out(width);
  result.height =
      std::clamp(area.layout().height, options.least_lines * area.step(), options.most_lines * area.step());
  area.rect = place(width, result.height);

  const ImGuiID number = text_area_number(id);
  const Rect& hit = options.hit.width() > 0 ? options.hit : area.rect;
  const ImRect box{hit.x0, hit.y0, hit.x1, hit.y1};
  ImGuiItemFlags flags = ImGuiItemFlags_Inputable;
  if (options.disabled) flags |= ImGuiItemFlags_Disabled;
  if (options.take_focus && !options.disabled) claim_keyboard(number, options);
  const bool there = ImGui::ItemAdd(box, number, nullptr, flags);
  if (there && !options.disabled) {
    take_input(area, number, box, width);
  } else {
    state.focused = false;
    if (options.disabled) wait_disabled(number);
  }
  area.keep_cursor_visible();
  const Colour quiet = f.theme.text1;
  if (area.text().empty()) text_in(f, options.role, area.rect, quiet, options.placeholder);
  draw_edited(area, id.text());
  if (options.recorded)
    f.record({ItemKind::field, id.text(), std::string{options.placeholder}, area.rect, true, options.disabled,
              false, state.focused, area.text()});
  return result;
}

}  // namespace wardroom::ui
