#include "common/desk/views/watch.hpp"

#include <array>
#include <imgui.h>
#include <utility>

#include "common/base/trimmed.hpp"
#include "common/desk/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/alarm_bar.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"

namespace wardroom::desk::views {
namespace {

using namespace ui;

void fact(FrameContext& f, std::string_view label, std::string_view value, FontRole role) {
  const Rect line = place(0, f.px(22));
  text_in(f, FontRole::small, line, f.theme.text1, label);
  text_in(f, role, {line.x0 + f.px(92), line.y0, line.x1, line.y1}, f.theme.text0, f.screen(value));
  note(f, ItemKind::text, line, std::string(label) + ": " + std::string(value));
}

void draw_head(FrameContext& f, std::string_view title, const LogHeadProps& head) {
  const Rect line = place(0, f.px(24));
  text_in(f, FontRole::bold, line, f.theme.text0, title);
  note(f, ItemKind::header, line, title);
  if (head.records.empty())
    return paragraph(f, tr("Nothing that can be read."), FontRole::text, f.theme.text1);
  fact(f, tr("Length"), head.records, FontRole::text);
  fact(f, tr("Seen"), head.when, FontRole::text);
  fact(f, tr("Checksum"), head.root, FontRole::mono);
}

bool draw_settle(const WatchProps& props, WatchViewState& state, FrameContext& f) {
  if (!state.asking) {
    if (button(f, ids::kWatchSettle, f.screen(tr("The auditor has looked into it…")),
               {.disabled = !props.can_settle}))
      state.asking = state.focus_reason = true;
    if (!props.why_not.empty()) {
      vertical_gap(f, 6);
      paragraph(f, props.why_not, FontRole::small, f.theme.text1);
    }
    return false;
  }
  paragraph(f,
            tr("From then on this {0} takes the log as the server shows it, and the alarm ends. What it saw "
               "before is kept, and the audit log says who ended it and why.",
               std::string(props.watcher)),
            FontRole::text, f.theme.text0);
  vertical_gap(f, 12);
  text_field(f, ids::kWatchReason, state.reason,
             {.label = tr("What the auditor found, kept with what was seen"),
              .placeholder = tr("For example: the backup of Monday was restored"),
              .take_focus = std::exchange(state.focus_reason, false)});
  const bool ready = !trimmed(state.reason).empty() && props.can_settle;
  const DialogChoice choice = dialog_buttons(
      f, ids::kWatch, {.confirm = tr("End the alarm"), .danger = true, .confirm_disabled = !ready});
  // What was typed stays for another try, should the alarm not end.
  if (choice == DialogChoice::cancelled) state.asking = false;
  return choice == DialogChoice::confirmed;
}

}  // namespace

float log_alarm_height(const LogAlarmProps& props, FrameContext& f, float width) {
  return alarm_bar_height(f, props.text, width);
}

std::optional<WatchAct> draw_log_alarm(const LogAlarmProps& props, FrameContext& f, const Rect& area) {
  begin_pane(f, "log_alarm", area);
  const std::array<BarAction, 2> buttons{
      {{ids::kLogDetails, props.record ? tr("Show the record") : tr("Details")},
       {ids::kLogHide, tr("Hide until tomorrow")}}};
  const std::size_t shown = props.record ? 1 : 2;
  const auto pressed = alarm_bar(f, ids::kLogAlarm, props.text, std::span(buttons).first(shown));
  end_pane();
  if (!pressed) return std::nullopt;
  return *pressed == 0 ? WatchAct::open : WatchAct::hide;
}

std::optional<std::variant<WatchAct, SettleAlarm>> draw_watch(const WatchProps& props, WatchViewState& state,
                                                              FrameContext& f) {
  bool close = false;
  if (!begin_dialog(f, ids::kWatch, tr("The office's audit log"), {.width = 560}, close)) return std::nullopt;
  if (ImGui::IsWindowAppearing()) state = {};
  vertical_gap(f, 4);
  const std::string watcher(props.watcher);
  paragraph(f,
            props.sentence.empty()
                ? tr("Every computer of the office remembers how long the audit log was and what stood in "
                     "it. If somebody changes it afterwards, this {0} notices. Whether the server shows "
                     "somebody else another log, you find by reading the checksum to each other: for the "
                     "same length it must be the same.",
                     watcher)
                : props.sentence,
            FontRole::text, f.theme.text0);
  vertical_gap(f, 14);
  draw_head(f, tr("What this {0} saw", watcher), props.seen);
  if (props.alarm) {
    vertical_gap(f, 12);
    draw_head(f, tr("What the server showed instead"), props.shown);
  }
  vertical_gap(f, 12);
  paragraph(f, props.status, FontRole::small, f.theme.text1);
  vertical_gap(f, 12);
  if (link(f, ids::kWatchCopy, tr("Copy everything for the auditor")))
    f.set_clipboard(f.screen(props.report));
  bool settled = false;
  if (props.alarm) {
    vertical_gap(f, 16);
    settled = draw_settle(props, state, f);
  }
  end_dialog();
  if (settled) return SettleAlarm{state.reason};
  if (close) return WatchAct::close;
  return std::nullopt;
}

}  // namespace wardroom::desk::views
