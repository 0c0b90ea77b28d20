#include "client/views/date_dialog.hpp"

#include <array>
#include <cstdio>

#include "client/views/ids.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;
using namespace std::chrono;

// Design lengths.
constexpr float kDayCell = 34;
constexpr std::array<std::string_view, 7> kWeekdayTitles{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

std::string iso_text(const year_month_day& day) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

void draw_month_head(const DateProps& props, DateViewState& state, FrameContext& f) {
  const Rect head = place(0, f.px(32));
  const std::string title = desk::month_text(state.month);
  text_in(f, FontRole::bold, head, f.theme.text0, title, true);
  note(f, ItemKind::header, head, title);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const Rect left{head.x0, head.y0 + f.px(2), head.x0 + f.px(28), head.y0 + f.px(30)};
  const Rect right{head.x1 - f.px(28), left.y0, head.x1, left.y1};
  if (icon_button_at(f, ids::kDateBefore, left, Icon::back, tr("Month before"))) state.month -= months{1};
  const bool more = state.month < props.today.year() / props.today.month();
  if (more && icon_button_at(f, ids::kDateAfter, right, Icon::chevron_right, tr("Next month")))
    state.month += months{1};
  ImGui::SetCursorScreenPos(after);
}

// The day that was pressed; 0: none.
unsigned draw_days(const DateProps& props, const DateViewState& state, FrameContext& f) {
  const Rect area = place(0, f.px(kDayCell) * 7);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float width = area.width() / 7;
  const auto cell = [&](unsigned column, unsigned line) {
    const float x = area.x0 + width * static_cast<float>(column);
    const float y = area.y0 + f.px(kDayCell) * static_cast<float>(line);
    return Rect{x + f.px(1), y + f.px(1), x + width - f.px(1), y + f.px(kDayCell - 1)};
  };
  for (unsigned i = 0; i < 7; ++i)
    text_in(f, FontRole::small, cell(i, 0), f.theme.text2, kWeekdayTitles[i], true);
  const unsigned first = weekday{sys_days{state.month / day{1}}}.iso_encoding() - 1;
  const auto last = static_cast<unsigned>((state.month / std::chrono::last).day());
  unsigned pressed = 0;
  for (unsigned number = 1; number <= last; ++number) {
    const unsigned place_in_month = first + number - 1;
    const Rect square = cell(place_in_month % 7, 1 + place_in_month / 7);
    const year_month_day date = state.month / day{number};
    const bool to_come = date > props.today;
    const std::string label = std::to_string(number);
    const Interaction it =
        interact(f, Id{ids::kDateDay, number}, square, ItemKind::button, label, {.disabled = to_come});
    if (date == props.today) outline(square, f.theme.accent, f.px(6));
    if (it.hovered && !to_come) fill(square, f.theme.surface3, f.px(6));
    text_in(f, FontRole::text, square, to_come ? f.theme.text2 : f.theme.text0, label, true);
    if (it.focused) focus_ring(f, square, f.px(6));
    if (it.pressed && !to_come) pressed = number;
  }
  ImGui::SetCursorScreenPos(after);
  return pressed;
}

}  // namespace

void draw_date_dialog(const DateProps& props, DateViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kDateDialog, tr("Go to a day"), {.width = 360}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, {}, props.today.year() / props.today.month()};
  vertical_gap(f, 4);
  const FieldResult typed = text_field(f, ids::kDateField, state.typed,
                                       {.label = tr("Day"),
                                        .placeholder = tr("2026-11-19, 19 November, yesterday"),
                                        .error = props.error,
                                        .take_focus = fresh});
  vertical_gap(f, 8);
  draw_month_head(props, state, f);
  const unsigned chosen = draw_days(props, state, f);
  const DialogChoice choice =
      dialog_buttons(f, ids::kDateDialog, {.confirm = tr("Go"), .confirm_disabled = state.typed.empty()});
  end_dialog();
  if (chosen > 0)
    actions.push_back(JumpToDate{iso_text(state.month / day{chosen})});
  else if (!state.typed.empty() && (typed.submitted || choice == DialogChoice::confirmed))
    actions.push_back(JumpToDate{state.typed});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
