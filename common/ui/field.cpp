#include "common/ui/field.hpp"

#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>
#include <utility>

#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/text_area.hpp"

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

// The field's own place to be edited while it has the keyboard, and a fresh one while it hasn't.
TextAreaState& state_of(FrameContext& f, unsigned number, TextAreaState& fresh, std::string_view value) {
  TextAreaState& state = f.input && f.input->field == number ? f.input->edited : fresh;
  const std::string text = f.screen(value);
  if (state.edit.text() != text) state.edit.set_text(text);
  return state;
}

void keep_state(FrameContext& f, unsigned number, TextAreaState& state) {
  if (!f.input) return;
  const bool kept = &state == &f.input->edited;
  if (state.focused && !kept) {
    f.input->edited = std::move(state);
    f.input->field = number;
  } else if (kept && ImGui::GetActiveID() != number) {
    f.input->field = 0;
  }
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
  const unsigned number = text_area_number(id);
  draw_frame(f, rect, options, ImGui::GetActiveID() == number);
  if (options.search)
    draw_icon(f, Icon::search, rect.x0 + f.px(17), (rect.y0 + rect.y1) / 2, f.px(14), f.theme.text1);

  TextAreaState fresh;
  TextAreaState& state = state_of(f, number, fresh, value);
  const FontRole role = options.mono ? FontRole::mono : FontRole::text;
  ImGui::SetCursorScreenPos({rect.x0 + left, std::round((rect.y0 + rect.y1 - line_height(f, role)) / 2)});
  const TextAreaResult edited =
      text_area(f, id, state, rect.width() - left - right,
                {.placeholder = options.placeholder,
                 .disabled = options.disabled,
                 .take_focus = options.take_focus,
                 .single_line = true,
                 .cursor_at_end = options.cursor_at_end,
                 .password = options.password,
                 .role = role,
                 .ink = options.disabled ? f.theme.text2 : f.theme.text0,
                 .hit = {rect.x0, rect.y0, rect.x1 - (clearable ? right : 0), rect.y1},
                 .recorded = false});
  result.submitted = edited.submitted;
  result.focused = state.focused;
  result.changed = edited.changed && state.edit.text() != value;
  if (result.changed) value = state.edit.text();
  keep_state(f, number, state);

  const std::string shown_state = options.password ? std::string(value.size(), '*') : value;
  f.record({ItemKind::field, name, std::string{options.label.empty() ? options.placeholder : options.label},
            rect, true, options.disabled, false, result.focused, shown_state, is_cut(rect)});
  if (clearable) {
    const Rect cross{rect.x1 - f.px(30), rect.y0 + f.px(3), rect.x1 - f.px(2), rect.y1 - f.px(3)};
    if (icon_button_at(f, Id{name + ".clear"}, cross, Icon::close, tr("Clear"))) {
      value.clear();
      result.changed = true;
    }
  }
  ImGui::SetCursorScreenPos(after);
  draw_note_below(f, options, width);
  return result;
}

}  // namespace wardroom::ui
