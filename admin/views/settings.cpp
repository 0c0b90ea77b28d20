#include "admin/views/settings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kSettingsHead = 60;
constexpr float kSettingPane = 380;
constexpr float kProblem = 96;
constexpr std::array<Column, 3> kSettingsColumns{
    {{"Setting", -7}, {"Value", -5, FontRole::mono}, {"Changed", 132}}};

void draw_head(const SettingsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "settings.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kSettingsHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = area.x1 - f.px(20) - button_width(f, "Refresh");
  draw_page_title(f, "Settings", props.summary, right);
  ImGui::SetCursorScreenPos({right, at.y});
  if (button(f, ids::kSettingsRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshSettings{});
  end_pane();
}

void draw_table(const SettingsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (props.rows.empty())
    return draw_emptiness(f, area, {props.loading, props.error, "No settings", "The server has none."});
  TableOptions options = list_options(props.sort, 30);
  options.selected = props.selected;
  const TableResult result = table(
      f, ids::kSettingsTable, area, kSettingsColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].name; },
      [&](std::size_t i, RowPainter& row) {
        const SettingRow& one = props.rows[i];
        const Colour ink = one.differs || props.selected == i ? f.theme.text0 : f.theme.text1;
        row.cell(f.screen(one.name), ink);
        row.cell(f.screen(one.value + (one.waits ? " (after restart)" : "")), one.waits ? f.theme.warn : ink);
        row.cell(f.screen(one.changed), ink);
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::settings, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectSetting{props.rows[*result.pressed].name});
}

void draw_fact(FrameContext& f, std::string_view label, const std::string& text) {
  vertical_gap(f, 10);
  paragraph(f, label, FontRole::small_bold, f.theme.text2);
  paragraph(f, text, FontRole::text, f.theme.text1);
}

void draw_new_value(const SettingsProps& props, const SettingCard& setting, SettingsViewState& state,
                    FrameContext& f, Actions& actions) {
  vertical_gap(f, 14);
  const FieldResult field = text_field(f, ids::kSettingValue, state.typed,
                                       {.label = "Value",
                                        .help = setting.allowed,
                                        .error = props.form_error,
                                        .mono = true,
                                        .disabled = props.busy});
  vertical_gap(f, 10);
  const bool is_same = state.typed == setting.value;
  const bool pressed = button(f, ids::kSettingSave, props.busy ? "Changing" : "Change it",
                              {.tone = ButtonTone::primary, .disabled = is_same || props.busy});
  if ((pressed || field.submitted) && !is_same && !props.busy)
    actions.push_back(ChangeSetting{setting.name, state.typed});
  if (setting.value != setting.standard) {
    vertical_gap(f, 10);
    if (link(f, ids::kSettingDefault, "Reset to default")) state.typed = setting.standard;
  }
}

void draw_setting(const SettingsProps& props, const SettingCard& setting, SettingsViewState& state,
                  FrameContext& f, Actions& actions, const Rect& area) {
  // What was refused stays in the field; what was made, or another setting, leaves it.
  if (state.of != setting.name || state.saved != props.saved) {
    if (!state.of.empty())
      ImGui::ClearActiveID();  // a field that has the keyboard would go on with its own text
    state = {setting.name, setting.value, props.saved};
  }
  begin_pane(f, "settings.one", area, {.scrolls = true, .padding_x = 20, .padding_y = 8});
  paragraph(f, setting.name, FontRole::title, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, setting.meaning, FontRole::text, f.theme.text1);
  if (!setting.waits.empty()) {
    vertical_gap(f, 10);
    notice(f, NoticeTone::warn, setting.waits);
  }
  if (setting.settable) {
    draw_new_value(props, setting, state, f, actions);
  } else {
    draw_fact(f, "VALUE", setting.value);
    draw_fact(f, "ALLOWED", setting.allowed);
  }
  draw_fact(f, "DEFAULT", setting.standard);
  draw_fact(f, "WHO CHANGED IT LAST", setting.changed);
  vertical_gap(f, 14);
  paragraph(f, setting.counts, FontRole::text, f.theme.text1);
  vertical_gap(f, 20);
  end_pane();
}

}  // namespace

void draw_settings(const SettingsProps& props, SettingsViewState& state, FrameContext& f, Actions& actions,
                   const Rect& area) {
  draw_head(props, f, actions, area);
  float top = area.y0 + f.px(kSettingsHead);
  if (!props.problem.empty()) {
    begin_pane(f, "settings.problem", {area.x0, top, area.x1, top + f.px(kProblem)},
               {.scrolls = true, .padding_x = 20, .padding_y = 4});
    notice(f, NoticeTone::bad, props.problem);
    end_pane();
    top += f.px(kProblem);
  }
  const float middle = area.x1 - std::min(f.px(kSettingPane), std::floor(area.width() * 0.5F));
  draw_table(props, f, actions, {area.x0 + f.px(20), top, middle - f.px(10), area.y1});
  vertical_hairline(f, middle, top + f.px(8), area.y1 - f.px(20), f.theme.line);
  const Rect right{middle, top, area.x1, area.y1};
  if (props.card)
    draw_setting(props, *props.card, state, f, actions, right);
  else if (!props.rows.empty())
    empty_state(f, right, "Choose a setting", "What it means, and who changed it, appears here.");
}

}  // namespace wardroom::admin::views
