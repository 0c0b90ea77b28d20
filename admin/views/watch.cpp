#include "admin/views/watch.hpp"

#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/alarm_bar.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
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
  if (head.records.empty()) return paragraph(f, "Nothing that can be read.", FontRole::text, f.theme.text1);
  fact(f, "Length", head.records, FontRole::text);
  fact(f, "Seen", head.when, FontRole::text);
  fact(f, "Checksum", head.root + " …", FontRole::mono);
}

void draw_settle(const WatchProps& props, WatchViewState& state, FrameContext& f, Actions& actions) {
  if (!state.asking) {
    if (button(f, ids::kWatchSettle, f.screen("The auditor has looked into it…"),
               {.disabled = !props.can_settle}))
      state.asking = true;
    if (!props.can_settle) {
      vertical_gap(f, 6);
      paragraph(f, "Possible when the server has shown its log again.", FontRole::small, f.theme.text1);
    }
    return;
  }
  paragraph(f,
            "From then on this console takes the log as the server shows it, and the alarm ends. What it saw "
            "before is kept.",
            FontRole::text, f.theme.text0);
  const DialogChoice choice = dialog_buttons(f, ids::kWatch, {.confirm = "End the alarm", .danger = true});
  if (choice == DialogChoice::confirmed) actions.push_back(SettleLogAlarm{});
  if (choice != DialogChoice::none) state.asking = false;
}

}  // namespace

float log_alarm_height(const LogAlarmProps& props, FrameContext& f, float width) {
  return alarm_bar_height(f, props.text, width);
}

void draw_log_alarm(const LogAlarmProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "log_alarm", area);
  const std::array<BarAction, 2> buttons{
      {{ids::kLogDetails, props.by_record ? "Show the record" : "Details"},
       {ids::kLogHide, props.alarm ? "Hide until tomorrow" : "Understood"}}};
  const std::size_t shown = props.by_record ? 1 : 2;
  const auto pressed = alarm_bar(f, ids::kLogAlarm, props.alarm ? NoticeTone::bad : NoticeTone::quiet,
                                 props.text, std::span(buttons).first(shown));
  end_pane();
  if (!pressed) return;
  if (*pressed == 0 && props.by_record) {
    actions.push_back(OpenPage{Page::audit});
    return actions.push_back(SelectRecord{props.record});
  }
  if (*pressed == 0) return actions.push_back(ShowWatch{true});
  if (props.alarm) return actions.push_back(HideLogAlarm{});
  actions.push_back(DismissLogNotice{});
}

void draw_watch_card(const WatchProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const Colour colour = props.alarm ? f.theme.bad : props.behind ? f.theme.warn : f.theme.ok;
  const float middle = (area.y0 + area.y1) / 2;
  draw_icon(f, props.alarm || props.behind ? Icon::warning : Icon::shield, area.x0 + f.px(8), middle,
            f.px(15), colour);
  const std::string words = props.alarm ? props.card + " · the log isn't what this console saw" : props.card;
  const float width = text_in(f, FontRole::small, {area.x0 + f.px(24), area.y0, area.x1 - f.px(80), area.y1},
                              props.alarm ? f.theme.bad : f.theme.text1, f.screen(words));
  note(f, ItemKind::card, area, words, ids::kAuditWatch);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({area.x0 + f.px(36) + width, middle - f.px(8)});
  if (link(f, ids::kAuditWatchDetails, "Details", FontRole::small)) actions.push_back(ShowWatch{true});
  ImGui::SetCursorScreenPos(after);
}

void draw_watch(const WatchProps& props, WatchViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!props.open || !begin_dialog(f, ids::kWatch, "The office's audit log", {.width = 560}, close)) return;
  if (ImGui::IsWindowAppearing()) state = {};
  vertical_gap(f, 4);
  paragraph(
      f,
      props.sentence.empty()
          ? "Every computer of the office remembers how long the audit log was and what stood in it. If "
            "somebody changes it afterwards, this console notices."
          : props.sentence,
      FontRole::text, f.theme.text0);
  vertical_gap(f, 14);
  draw_head(f, "What this console saw", props.seen);
  if (props.alarm) {
    vertical_gap(f, 12);
    draw_head(f, "What the server showed instead", props.shown);
  }
  vertical_gap(f, 12);
  paragraph(f, props.status, FontRole::small, f.theme.text1);
  vertical_gap(f, 12);
  if (link(f, ids::kWatchCopy, "Copy everything for the auditor")) f.set_clipboard(f.screen(props.report));
  if (props.alarm) {
    vertical_gap(f, 16);
    draw_settle(props, state, f, actions);
  }
  end_dialog();
  if (close) actions.push_back(ShowWatch{false});
}

}  // namespace wardroom::admin::views
