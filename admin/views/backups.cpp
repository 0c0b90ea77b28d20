#include "admin/views/backups.hpp"

#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kBackupsHead = 60;
constexpr float kState = 116;
constexpr float kLeastWide = 600;
constexpr float kBackupBar = 104;
constexpr std::array<Column, 6> kBackupsColumns{
    {{"Made", -5}, {"Size", -3}, {"Checked", -5}, {"Verified", -5}, {"Rehearsed", -5}, {"State", -3}}};

void draw_head(const BackupsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "backups.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kBackupsHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = area.x1 - f.px(28) - button_width(f, "Refresh") - button_width(f, "Back up now");
  draw_page_title(f, "Backups", props.summary, left);
  ImGui::SetCursorScreenPos({left, at.y});
  if (button(f, ids::kBackupsRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshBackups{});
  ImGui::SameLine(0, f.px(8));
  if (button(f, ids::kBackupRun, "Back up now", {.tone = ButtonTone::primary, .disabled = props.busy}))
    actions.push_back(RunBackup{});
  end_pane();
}

// What goes on, or what came of the last one, and which ones stay.
void draw_state(const BackupsProps& props, FrameContext& f, const Rect& area) {
  begin_pane(f, "backups.state", area, {.scrolls = true, .padding_x = 20, .padding_y = 4});
  if (!props.work.empty())
    notice(f, NoticeTone::quiet, props.work);
  else if (!props.last.empty())
    notice(f, props.last_failed ? NoticeTone::bad : NoticeTone::good, props.last);
  vertical_gap(f, 8);
  if (!props.rule.empty()) paragraph(f, props.rule, FontRole::text, f.theme.text1);
  end_pane();
}

std::string_view state_words(const BackupRow& row) {
  if (row.damaged) return "needs attention";
  return row.encrypted ? "encrypted" : "";
}

void draw_table(const BackupsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (props.rows.empty())
    return draw_emptiness(f, area,
                          {props.loading, props.error, "There is no backup",
                           "Make one now, and see that wardroom-backup.timer runs each night."});
  TableOptions options = list_options(props.sort, 34);
  options.selected = props.selected;
  const TableResult result = table(
      f, ids::kBackupsTable, area, kBackupsColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].name; },
      [&](std::size_t i, RowPainter& row) {
        const BackupRow& one = props.rows[i];
        const Colour ink = props.selected == i ? f.theme.text0 : f.theme.text1;
        row.cell(one.at, f.theme.text0);
        row.cell(one.size, ink);
        for (const std::string* when : {&one.checked, &one.verified, &one.rehearsed})
          row.cell(when->empty() ? std::string_view{"\xE2\x80\x93"} : std::string_view{*when}, ink);
        row.cell(state_words(one), one.damaged ? f.theme.bad : ink);
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::backups, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectBackup{props.rows[*result.pressed].name});
}

void draw_bar(const BackupsProps& props, const BackupCard& backup, FrameContext& f, Actions& actions,
              const Rect& box) {
  card(f, box);
  begin_pane(f, "backup", box);
  const float width = button_width(f, "Verify") + button_width(f, "Rehearse a restore") + f.px(8);
  const float words = box.width() - width - f.px(48);
  const float x = box.x0 + f.px(16);
  float y = box.y0 + f.px(14);
  text_line(f, FontRole::bold, x, y, f.theme.text0, f.screen(backup.name), words);
  y += f.px(22);
  text_line(f, FontRole::small, x, y, f.theme.text1, f.screen(backup.line), words);
  y += f.px(20);
  const std::string& more = backup.problem.empty() ? backup.why_not : backup.problem;
  if (!more.empty()) {
    text_block(f, FontRole::small, x, y, words, backup.problem.empty() ? f.theme.text1 : f.theme.bad,
               f.screen(more));
    note(f, ItemKind::text, {x, y, x + words, box.y1}, more);
  }
  note(f, ItemKind::card, box, backup.name, "backup", backup.line);
  ImGui::SetCursorScreenPos({box.x1 - f.px(16) - width, (box.y0 + box.y1 - button_height(f)) / 2});
  if (button(f, ids::kBackupVerify, "Verify", {.disabled = props.busy}))
    actions.push_back(VerifyBackup{backup.name});
  ImGui::SameLine(0, f.px(8));
  if (button(f, ids::kBackupRehearse, "Rehearse a restore", {.disabled = props.busy || !backup.can_rehearse}))
    actions.push_back(RehearseBackup{backup.name});
  end_pane();
}

}  // namespace

void draw_backups(const BackupsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  draw_head(props, f, actions, area);
  float top = area.y0 + f.px(kBackupsHead);
  const bool has_state = !props.work.empty() || !props.last.empty();
  // In a narrow window the words take more lines.
  const bool narrow = area.width() < f.px(kLeastWide);
  const float height = f.px((has_state ? kState : 32) + (narrow ? 40 : 0));
  draw_state(props, f, {area.x0, top, area.x1, top + height});
  top += height;
  const float bottom = props.card ? area.y1 - f.px(kBackupBar + 26) : area.y1;
  draw_table(props, f, actions, {area.x0 + f.px(20), top, area.x1 - f.px(10), bottom});
  if (props.card)
    draw_bar(props, *props.card, f, actions,
             {area.x0 + f.px(20), area.y1 - f.px(kBackupBar + 16), area.x1 - f.px(20), area.y1 - f.px(16)});
}

}  // namespace wardroom::admin::views
