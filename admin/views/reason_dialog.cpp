#include "admin/views/reason_dialog.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_reason_dialog(const ReasonDialogProps& props, ReasonDialogViewState& state, FrameContext& f,
                        Actions& actions) {
  if (props.serial == 0) {
    state = {};
    return;
  }
  // A refusal leaves what was typed; another action starts over.
  if (state.serial != props.serial) state = {props.serial, {}, props.choice};
  bool close = false;
  if (!begin_dialog(f, ids::kReasonDialog, f.screen(props.title), {.width = 460}, close)) return;
  vertical_gap(f, 4);
  paragraph(f, props.consequence, FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  // Whoever has chosen goes on with the reason.
  bool goes_on = ImGui::IsWindowAppearing();
  if (!props.choice_label.empty()) {
    goes_on = dropdown(f, ids::kReasonChoice, props.choice_label, props.choices, state.choice) || goes_on;
    vertical_gap(f, 12);
  }
  bool typed = false;
  if (props.asks_reason) {
    const std::string placeholder = f.screen("For example: " + props.example);
    typed = text_field(f, ids::kReasonText, state.reason,
                       {.label = "Reason, kept in the audit log",
                        .placeholder = placeholder,
                        .error = props.error,
                        .disabled = props.busy,
                        .take_focus = goes_on})
                .submitted;
  } else if (!props.error.empty()) {
    notice(f, NoticeTone::bad, props.error);
  }
  const bool said = !props.asks_reason || state.reason.find_first_not_of(" \t") != std::string::npos;
  const bool ready = said && !props.busy;
  const DialogChoice choice = dialog_buttons(
      f, ids::kReasonDialog, {.confirm = props.confirm, .danger = props.danger, .confirm_disabled = !ready});
  end_dialog();
  // Enter is enough for what can be taken back; what is dangerous wants its button pressed.
  if (choice == DialogChoice::confirmed || (typed && ready && !props.danger))
    actions.push_back(GiveReason{state.reason, state.choice});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(CancelReason{});
}

}  // namespace wardroom::admin::views
