#include "admin/views/retention.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kRetentionHead = 108;
constexpr float kFoot = 64;
constexpr std::int64_t kLeastDays = 90;
constexpr std::array<Column, 5> kRules{
    {{"Where", -5}, {"Messages are kept", 170}, {"Go next", 150}, {"Held", 90}, {"Set", -3}}};
constexpr std::array<Column, 5> kHolds{
    {{"Name", -4}, {"Keeps everything of", -4}, {"Reason", -5}, {"Since", 140}, {"By", -4}}};

void draw_head(const RetentionProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "retention.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kRetentionHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_page_title(f, "Retention", props.summary, area.x1 - f.px(20));
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(46)});
  constexpr std::array<std::string_view, 3> kTabs{"Messages", "Holds", "Old audit records"};
  auto tab = static_cast<std::size_t>(props.tab);
  if (segmented(f, ids::kRetentionTab, kTabs, tab))
    actions.push_back(ShowRetention{static_cast<RetentionTab>(tab)});
  end_pane();
}

// Buttons under a table, and quiet words beside them.
void begin_foot(FrameContext& f, const Rect& area, std::string_view words) {
  begin_pane(f, "retention.foot", area, {.padding_x = 20, .padding_y = 14});
  if (words.empty()) return;
  const Rect line{area.x0 + f.px(290), area.y0, area.x1 - f.px(20), area.y1};
  const std::string text = f.screen(words);
  const float height = text_block(f, FontRole::small, 0, 0, line.width(), 0, text);
  text_block(f, FontRole::small, line.x0, std::max(area.y0, area.y0 + f.px(30) - height / 2), line.width(),
             f.theme.text1, text);
  note(f, ItemKind::text, line, words);
}

void draw_rules(const RetentionProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const Rect list{area.x0 + f.px(20), area.y0, area.x1 - f.px(10),
                  props.may_change ? area.y1 - f.px(kFoot) : area.y1};
  if (props.rules.empty())
    return draw_emptiness(f, list, {props.loading, props.error, "No rules", "Everything is kept for good."});
  TableOptions options = list_options(props.rule_sort, 34);
  if (props.rule_chosen) options.selected = props.rule;
  const TableResult result = table(
      f, ids::kRuleTable, list, kRules, props.rules.size(), options,
      [&](std::size_t i) { return props.rules[i].where + ": " + props.rules[i].keep; },
      [&](std::size_t i, RowPainter& row) {
        const RuleRow& r = props.rules[i];
        row.cell(f.screen(r.where), f.theme.text0);
        row.cell(r.keep);
        row.cell(r.removes, options.selected == i ? 0U : f.theme.warn);
        row.cell(r.held);
        row.cell(f.screen(r.set));
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::rules, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectRule{props.rules[*result.pressed].at});
  if (!props.may_change) return;
  begin_foot(f, {area.x0, list.y1, area.x1, area.y1}, props.removes);
  if (button(f, ids::kRuleChange, f.screen("Change…"), {.disabled = !props.rule_chosen}))
    actions.push_back(AskForRule{false});
  ImGui::SameLine(0, f.px(8));
  if (button(f, ids::kRuleAdd, f.screen("A room's own rule…"))) actions.push_back(AskForRule{true});
  end_pane();
}

void draw_holds(const RetentionProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const Rect list{area.x0 + f.px(20), area.y0, area.x1 - f.px(10),
                  props.may_change ? area.y1 - f.px(kFoot) : area.y1};
  if (props.holds.empty()) {
    draw_emptiness(f, list,
                   {props.loading, props.error, "Nothing is on hold",
                    "A hold keeps everything of a person or a room from retention, erasure and pruning."});
  } else {
    TableOptions options = list_options(props.hold_sort, 34);
    if (props.hold_chosen) options.selected = props.hold;
    const TableResult result = table(
        f, ids::kHoldTable, list, kHolds, props.holds.size(), options,
        [&](std::size_t i) { return props.holds[i].name; },
        [&](std::size_t i, RowPainter& row) {
          const HoldRow& h = props.holds[i];
          row.cell(f.screen(h.name), f.theme.text0);
          for (const std::string* text : {&h.on, &h.reason, &h.since, &h.by}) row.cell(f.screen(*text));
        });
    if (result.sorted_by) actions.push_back(SortList{ListName::holds, *result.sorted_by});
    if (result.pressed) actions.push_back(SelectHold{props.holds[*result.pressed].at});
  }
  if (!props.may_change) return;
  begin_foot(f, {area.x0, list.y1, area.x1, area.y1}, {});
  if (button(f, ids::kHoldPlace, f.screen("Place a hold…"))) actions.push_back(AskForHold{});
  ImGui::SameLine(0, f.px(8));
  if (button(f, ids::kHoldLift, f.screen("Lift…"), {.disabled = !props.hold_chosen}))
    actions.push_back(LiftSelectedHold{});
  end_pane();
}

void draw_pruning(const RetentionProps& props, RetentionViewState& state, FrameContext& f, Actions& actions,
                  const Rect& area) {
  begin_pane(f, "retention.pruning", {area.x0, area.y0, std::min(area.x1, area.x0 + f.px(680)), area.y1},
             {.padding_x = 20, .padding_y = 8});
  paragraph(f,
            "Old audit records can lose their text: who did what from where. Their hashes stay, so that the "
            "rest of the log is still proven. Records of keys, holds, erasures and restored backups stay "
            "whole, and so does what a hold covers.",
            FontRole::text, f.theme.text1);
  if (!props.may_change) return end_pane();
  vertical_gap(f, 16);
  std::int64_t days = 0;
  const auto& typed = state.prune_days;
  std::from_chars(typed.data(), typed.data() + typed.size(), days);
  const bool fits = days >= kLeastDays && days <= 36500;
  const bool asked = text_field(f, ids::kPruneDays, state.prune_days,
                                {.label = "Older than, in days (90 at least)",
                                 .error = fits || typed.empty() ? std::string_view{} : "A number from 90 on.",
                                 .width = f.px(280)})
                         .submitted;
  vertical_gap(f, 12);
  if (button(f, ids::kPruneCount, props.counting ? "Counting" : "Count them",
             {.disabled = !fits || props.counting}) ||
      (asked && fits))
    actions.push_back(CountPruning{days});
  if (!props.prune_counted.empty()) {
    vertical_gap(f, 16);
    paragraph(f, props.prune_counted, FontRole::text, f.theme.text0);
    vertical_gap(f, 12);
    if (button(f, ids::kPrune, f.screen("Forget them…"),
               {.tone = ButtonTone::danger, .disabled = !props.can_prune}))
      actions.push_back(PruneCounted{});
  }
  end_pane();
}

}  // namespace

void draw_retention(const RetentionProps& props, RetentionViewState& state, FrameContext& f, Actions& actions,
                    const Rect& area) {
  draw_head(props, f, actions, area);
  const Rect rest{area.x0, area.y0 + f.px(kRetentionHead), area.x1, area.y1};
  if (props.tab == RetentionTab::rules) draw_rules(props, f, actions, rest);
  if (props.tab == RetentionTab::holds) draw_holds(props, f, actions, rest);
  if (props.tab == RetentionTab::pruning) draw_pruning(props, state, f, actions, rest);
}

}  // namespace wardroom::admin::views
