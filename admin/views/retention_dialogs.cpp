#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/retention.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t") == std::string::npos;
}

void draw_refusal(const RetentionProps& props, FrameContext& f) {
  if (props.dialog_error.empty()) return;
  notice(f, NoticeTone::bad, props.dialog_error);
  vertical_gap(f, 12);
}

void draw_rule(const RetentionProps& props, RetentionViewState& state, FrameContext& f, Actions& actions,
               bool fresh) {
  const bool names_room = props.rule_where.empty();
  bool close = false;
  const std::string title = names_room ? "A room's own rule" : props.rule_where;
  if (!begin_dialog(f, ids::kRule, f.screen(title), {.width = 480}, close)) return;
  vertical_gap(f, 4);
  draw_refusal(props, f);
  bool changed = fresh && !names_room;
  if (names_room) {
    changed = text_field(f, ids::kRuleRoom, state.rule.room,
                         {.label = "Room",
                          .placeholder = "For example: release-7",
                          .disabled = props.busy,
                          .take_focus = fresh})
                  .submitted;
    vertical_gap(f, 12);
  }
  changed = dropdown(f, ids::kRuleKeep, "Keep messages", props.keep_choices, state.rule.keep) || changed;
  vertical_gap(f, 10);
  paragraph(f,
            !props.preview.empty()   ? props.preview
            : props.preview_counting ? "Counting what would be removed…"
                                     : "What this would remove is counted when a length is chosen.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  text_field(f, ids::kRuleReason, state.rule.reason,
             {.label = "Reason, kept in the audit log",
              .placeholder = "For example: data protection policy, section 4",
              .disabled = props.busy});
  const bool ready = !is_blank(state.rule.reason) && !props.busy && !props.preview.empty();
  const DialogChoice choice =
      dialog_buttons(f, ids::kRule, {.confirm = "Set the rule", .danger = true, .confirm_disabled = !ready});
  end_dialog();
  if (changed && !(names_room && state.rule.room.empty())) actions.push_back(PreviewRule{state.rule});
  if (choice == DialogChoice::confirmed)
    actions.push_back(SetRule{state.rule});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(CloseRetentionDialog{});
}

void draw_hold(const RetentionProps& props, RetentionViewState& state, FrameContext& f, Actions& actions,
               bool fresh) {
  bool close = false;
  if (!begin_dialog(f, ids::kHold, "Place a hold", {.width = 480}, close)) return;
  vertical_gap(f, 4);
  paragraph(f, "Retention, erasure and pruning leave alone what it covers, until it is lifted.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  draw_refusal(props, f);
  HoldForm& form = state.hold;
  text_field(f, ids::kHoldName, form.name,
             {.label = "Name of the case",
              .placeholder = "For example: case 17",
              .disabled = props.busy,
              .take_focus = fresh});
  vertical_gap(f, 12);
  constexpr std::array<std::string_view, 2> kOn{"A person", "A room"};
  std::size_t on = form.on_room ? 1 : 0;
  if (segmented(f, ids::kHoldOn, kOn, on)) form.on_room = on == 1;
  vertical_gap(f, 8);
  text_field(f, ids::kHoldSubject, form.subject,
             {.placeholder = form.on_room ? "Its name or number" : "Sign-in name", .disabled = props.busy});
  vertical_gap(f, 12);
  text_field(f, ids::kHoldReason, form.reason,
             {.label = "Reason, kept in the audit log",
              .placeholder = "For example: letter of the court of 3 November",
              .disabled = props.busy});
  const bool ready = !is_blank(form.name) && !is_blank(form.subject) && !is_blank(form.reason) && !props.busy;
  const DialogChoice choice =
      dialog_buttons(f, ids::kHold, {.confirm = "Place the hold", .confirm_disabled = !ready});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(PlaceHold{form});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(CloseRetentionDialog{});
}

}  // namespace

void draw_retention_dialog(const RetentionProps& props, RetentionViewState& state, FrameContext& f,
                           Actions& actions) {
  if (props.dialog == RetentionDialog::none) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) {
    state.serial = props.serial;
    state.rule = {};
    state.rule.keep = props.keep;
    state.hold = {};
  }
  if (props.dialog == RetentionDialog::rule) return draw_rule(props, state, f, actions, fresh);
  draw_hold(props, state, f, actions, fresh);
}

}  // namespace wardroom::admin::views
