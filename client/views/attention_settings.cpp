#include "client/views/attention_settings.hpp"

#include <array>
#include <imgui.h>

#include "client/model/attention.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kTimeField = 180;
constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr const char* kNoTime = "A time such as 08:00";

// Seven small buttons; each stays down for a day on which the hours begin.
void draw_days(const AttentionHours& hours, FrameContext& f, Actions& actions) {
  const Rect line = place(0, f.px(30));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float width = f.px(52);
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    const float x = line.x0 + static_cast<float>(i) * (width + f.px(6));
    const Rect rect{x, line.y0, x + width, line.y1};
    const auto bit = static_cast<std::uint8_t>(1U << i);
    const bool on = (hours.days & bit) != 0;
    const Interaction it = interact(f, Id{ids::kAttentionDay, static_cast<std::int64_t>(i)}, rect,
                                    ItemKind::checkbox, tr(kDays[i]), {.selected = on});
    fill(rect, on ? f.theme.accent_soft : it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(6));
    outline(rect, f.theme.line, f.px(6));
    text_in(f, on ? FontRole::bold : FontRole::text, rect, on ? f.theme.text0 : f.theme.text1, tr(kDays[i]),
            true);
    if (it.focused) focus_ring(f, rect, f.px(6));
    if (it.pressed)
      actions.push_back(SetAttentionHours{static_cast<std::uint8_t>(hours.days ^ bit), hours.from, hours.to});
  }
  ImGui::SetCursorScreenPos(after);
}

void draw_times(const AttentionProps& props, AttentionViewState& state, FrameContext& f, Actions& actions) {
  const auto from = parse_time_of_day(state.from), to = parse_time_of_day(state.to);
  ImGui::BeginGroup();
  const FieldResult first = text_field(
      f, ids::kAttentionFrom, state.from,
      {.label = tr("From"), .error = from ? std::string_view{} : tr(kNoTime), .width = f.px(kTimeField)});
  ImGui::EndGroup();
  ImGui::SameLine(0, f.px(12));
  ImGui::BeginGroup();
  const FieldResult second = text_field(
      f, ids::kAttentionTo, state.to,
      {.label = tr("To"), .error = to ? std::string_view{} : tr(kNoTime), .width = f.px(kTimeField)});
  ImGui::EndGroup();
  vertical_gap(f, 8);
  const auto& hours = props.choices.hours;
  const bool changed = from && to && (*from != hours.from || *to != hours.to);
  const bool pressed = button(f, ids::kAttentionSaveHours, tr("Save times"), {.disabled = !changed});
  if (changed && (pressed || first.submitted || second.submitted))
    actions.push_back(SetAttentionHours{hours.days, *from, *to});
}

void draw_hours(const AttentionProps& props, AttentionViewState& state, FrameContext& f, Actions& actions) {
  bool quiet = props.do_not_disturb;
  if (checkbox(f, ids::kSettingsQuiet, tr("Do not disturb"), quiet,
               tr("No notifications on this PC. Unread counts still update.")))
    actions.push_back(SetDoNotDisturb{quiet});
  vertical_gap(f, 12);
  bool hours = props.choices.hours.on;
  if (checkbox(
          f, ids::kAttentionHours, tr("Notify me only at certain times"), hours,
          tr("At other times it's as if Do not disturb were on. Hours that run past midnight belong to the "
             "day they "
             "start on.")))
    actions.push_back(SetAttention{AttentionSwitch::hours, hours});
  if (!props.choices.hours.on) return;
  vertical_gap(f, 8);
  draw_days(props.choices.hours, f, actions);
  vertical_gap(f, 8);
  draw_times(props, state, f, actions);
}

void draw_keywords(const AttentionProps& props, AttentionViewState& state, FrameContext& f,
                   Actions& actions) {
  const std::string error = why_not_kept(parse_keywords(state.keywords));
  const FieldResult typed =
      text_field(f, ids::kAttentionKeywords, state.keywords,
                 {.label = tr("Keywords"),
                  .placeholder = tr("For example: release, freeze"),
                  .help = tr("Messages that contain any of these words notify you like a "
                             "mention. Up to 50, separated by commas."),
                  .error = error});
  vertical_gap(f, 8);
  const bool can_save = error.empty() && state.keywords != props.keywords;
  const bool pressed = button(f, ids::kAttentionSaveKeywords, tr("Save keywords"), {.disabled = !can_save});
  if (can_save && (pressed || typed.submitted)) actions.push_back(SetKeywords{state.keywords});
}

}  // namespace

AttentionViewState attention_fields(const AttentionProps& props) {
  return {props.from, props.to, props.keywords};
}

void draw_attention(const AttentionProps& props, AttentionViewState& state, FrameContext& f,
                    Actions& actions) {
  // More than the dialog holds.
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetContentRegionAvail().y;
  begin_pane(f, ids::kAttentionList, {at.x, at.y, at.x + room_left(), at.y + left}, {.scrolls = true});
  const auto choice = [&](std::string_view id, AttentionSwitch what, std::string_view label, bool on,
                          std::string_view help) {
    vertical_gap(f, 12);
    if (checkbox(f, id, label, on, help)) actions.push_back(SetAttention{what, on});
  };
  if (!props.missing.empty()) {
    notice(f, NoticeTone::quiet, props.missing);
    vertical_gap(f, 12);
  }
  const auto& choices = props.choices;
  draw_hours(props, state, f, actions);
  vertical_gap(f, 16);
  draw_keywords(props, state, f, actions);
  vertical_gap(f, 4);
  choice(ids::kAttentionText, AttentionSwitch::shows_text, tr("Show the message"), choices.shows_text,
         tr("When off, notifications only say who wrote and where."));
  choice(ids::kAttentionSound, AttentionSwitch::sound, tr("Play a sound"), choices.sound, {});
  choice(ids::kAttentionIdle, AttentionSwitch::away_when_idle, tr("Show me as away when I'm not at this PC"),
         choices.away_when_idle,
         props.may_go_away ? tr("After 10 minutes without keyboard or mouse, unless you're set to busy.")
                           : tr("This desktop doesn't report when you're away."));
  choice(ids::kAttentionTray, AttentionSwitch::tray, tr("Show an icon in the tray"), choices.tray,
         props.may_tray ? tr("With the number of messages for you.") : tr("This desktop has no tray."));
  if (choices.tray)
    choice(ids::kAttentionCloses, AttentionSwitch::closes_to_tray,
           tr("Keep running in the tray when I close the window"), choices.closes_to_tray,
           props.may_tray ? "" : tr("Without a tray, closing the window ends the program."));
  if (props.may_autostart) {
    vertical_gap(f, 12);
    bool starts = props.autostart;
    if (checkbox(f, ids::kAttentionAutostart, tr("Start when I sign in to this PC"), starts,
                 props.autostart_set_by))
      actions.push_back(SetAutostart{starts});
    if (!props.autostart_error.empty()) {
      vertical_gap(f, 8);
      notice(f, NoticeTone::bad, props.autostart_error);
    }
  }
  vertical_gap(f, 8);
  end_pane();
}

}  // namespace wardroom::client::views
