#include "client/views/status_dialog.hpp"

#include <array>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/field.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {

using namespace ui;

void draw_status_dialog(const StatusProps& props, StatusViewState& state, FrameContext& f, Actions& actions) {
  // In the order of StatusEnd.
  const std::vector<std::string> ends{tr("Until I change it"), tr("For half an hour"),
                                      tr("For an hour"),       tr("For four hours"),
                                      tr("Until midnight"),    tr("Until Sunday night")};
  bool close = false;
  if (!begin_dialog(f, ids::kStatusDialog, tr("Set a status"), {.width = 420}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, props.text, 0};
  vertical_gap(f, 4);
  const bool goes_on = dropdown(f, ids::kStatusEnd, tr("How long"), ends, state.end);
  vertical_gap(f, 12);
  const FieldResult text =
      text_field(f, ids::kStatusText, state.text,
                 {.label = tr("Status"),
                  .placeholder = tr("For example: At the dentist's"),
                  .help = tr("Everybody in the office sees it. Leave it empty to clear it."),
                  .take_focus = fresh || goes_on});
  const DialogChoice choice = dialog_buttons(f, ids::kStatusDialog, {.confirm = tr("Set")});
  end_dialog();
  if (choice == DialogChoice::confirmed || text.submitted)
    actions.push_back(SetStatus{state.text, static_cast<StatusEnd>(state.end)});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
