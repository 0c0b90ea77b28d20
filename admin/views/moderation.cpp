#include "admin/views/moderation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "admin/views/report.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kModerationHead = 112;
constexpr float kQueue = 332;
constexpr float kSanctionBar = 72;
constexpr std::array<Column, 6> kSanctions{
    {{"Person", -4}, {"What", 84}, {"Where", -4}, {"Until", 190}, {"By", -4}, {"Reason", -6}}};

void draw_head(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "moderation.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kModerationHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_page_title(f, "Moderation", props.summary, area.x1 - f.px(20));
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(46)});
  constexpr std::array<std::string_view, 3> kTabs{"Open", "Resolved", "Mutes and bans"};
  auto tab = static_cast<std::size_t>(props.tab);
  // An auditor reads reports; the sanctions that hold are shown to those who can lift them.
  const std::size_t tabs = props.may_act ? kTabs.size() : kTabs.size() - 1;
  if (segmented(f, ids::kModerationTab, std::span(kTabs).first(tabs), tab))
    actions.push_back(ShowModeration{static_cast<ModerationTab>(tab)});
  end_pane();
}

void draw_queue_row(const ReportRow& report, const ModerationProps& props, FrameContext& f,
                    Actions& actions) {
  const bool selected = report.id == props.selected;
  const Row row = list_row(f, Id{ids::kReport, report.id.value}, report.author,
                           {.selected = selected, .height = 76, .state = report.reason});
  const Rect& r = row.rect;
  const Colour quiet = selected ? f.theme.text0 : f.theme.text1;
  const float right = r.x1 - f.px(10);
  const float time = text_width(f, FontRole::small, f.screen(report.at));
  text_line(f, FontRole::small, right - time, r.y0 + f.px(10), quiet, f.screen(report.at));
  const float x = r.x0 + f.px(12);
  text_line(f, FontRole::bold, x, r.y0 + f.px(8), f.theme.text0, f.screen(report.author),
            right - time - f.px(8) - x);
  const std::string where =
      report.outcome.empty() ? report.room : report.room + " \xC2\xB7 " + report.outcome;
  text_line(f, FontRole::small, x, r.y0 + f.px(30), quiet, f.screen(where), right - x);
  text_line(f, FontRole::text, x, r.y0 + f.px(48), quiet, f.screen(report.reason), right - x);
  if (row.it.pressed) actions.push_back(SelectReport{report.id});
}

void draw_queue(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, ids::kReportList, area, {.scrolls = true, .padding_x = 8});
  for (const ReportRow& report : props.reports) {
    draw_queue_row(report, props, f, actions);
    vertical_gap(f, 2);
  }
  const bool near_end = ImGui::GetScrollY() + area.height() * 2 > ImGui::GetCursorPosY();
  end_pane();
  if (near_end && props.more && !props.loading) actions.push_back(LoadMoreReports{});
}

void draw_reports(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.reports.empty()) {
    const bool open = props.tab == ModerationTab::open;
    return draw_emptiness(f, area,
                          {props.loading, props.error, open ? "No open reports" : "No resolved reports yet",
                           open ? "Reported messages appear here, with what was written."
                                : "Resolved reports are kept here with their evidence."});
  }
  const float split = area.x0 + std::min(f.px(kQueue), std::floor(area.width() * 0.42F));
  draw_queue(props, f, actions, {area.x0 + f.px(12), area.y0, split, area.y1 - f.px(12)});
  if (props.selected.is_set())
    draw_report(props, f, actions, {split + f.px(8), area.y0, area.x1 - f.px(20), area.y1 - f.px(16)});
}

void draw_lift_bar(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& box) {
  const SanctionRow& sanction = props.sanctions[props.sanction];
  card(f, box);
  begin_pane(f, "sanction", box, {.padding_x = 16, .padding_y = 12});
  const bool mute = sanction.what == "muted";
  const std::string lift = f.screen(mute ? "Lift the mute\xE2\x80\xA6" : "Lift the ban\xE2\x80\xA6");
  const float width = button_width(f, lift);
  const float middle = (box.y0 + box.y1) / 2;
  const float words = box.width() - width - f.px(56);
  text_line(f, FontRole::bold, box.x0 + f.px(16), middle - f.px(20), f.theme.text0,
            f.screen(sanction.person + " \xC2\xB7 " + sanction.what + " in " + sanction.room), words);
  text_line(f, FontRole::small, box.x0 + f.px(16), middle + f.px(3), f.theme.text1,
            f.screen(sanction.by + ": " + sanction.reason), words);
  ImGui::SetCursorScreenPos({box.x1 - f.px(16) - width, middle - button_height(f) / 2});
  if (button(f, ids::kSanctionLift, lift)) actions.push_back(LiftSelectedSanction{});
  end_pane();
}

void draw_sanctions(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.sanctions.empty()) {
    return draw_emptiness(f, area,
                          {props.loading, props.error, "Nobody is muted or banned",
                           "Mutes and bans appear here until they end."});
  }
  const bool chosen = props.sanction_chosen && props.sanction < props.sanctions.size();
  const float bottom = chosen ? area.y1 - f.px(kSanctionBar + 26) : area.y1;
  TableOptions options = list_options(props.sort, 34);
  if (chosen) options.selected = props.sanction;
  const TableResult result = table(
      f, ids::kSanctionTable, {area.x0 + f.px(20), area.y0, area.x1 - f.px(10), bottom}, kSanctions,
      props.sanctions.size(), options, [&](std::size_t i) { return props.sanctions[i].person; },
      [&](std::size_t i, RowPainter& row) {
        const SanctionRow& s = props.sanctions[i];
        row.cell(f.screen(s.person), f.theme.text0);
        row.cell(s.what, options.selected == i ? f.theme.text0
                         : s.what == "muted"   ? f.theme.warn
                                               : f.theme.bad);
        for (const std::string* text : {&s.room, &s.until, &s.by, &s.reason}) row.cell(f.screen(*text));
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::sanctions, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectSanction{props.sanctions[*result.pressed].at});
  if (chosen)
    draw_lift_bar(
        props, f, actions,
        {area.x0 + f.px(20), area.y1 - f.px(kSanctionBar + 16), area.x1 - f.px(20), area.y1 - f.px(16)});
}

}  // namespace

void draw_moderation(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  draw_head(props, f, actions, area);
  const Rect below{area.x0, area.y0 + f.px(kModerationHead), area.x1, area.y1};
  if (props.tab == ModerationTab::sanctions)
    draw_sanctions(props, f, actions, below);
  else
    draw_reports(props, f, actions, below);
}

}  // namespace wardroom::admin::views
