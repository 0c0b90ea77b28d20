#include "client/views/path_dialog.hpp"

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/field.hpp"

namespace wardroom::client::views {

using namespace ui;

void draw_path_dialog(const PathProps& props, PathViewState& state, FrameContext& f, Actions& actions) {
  const bool appears = state.serial != props.serial;
  if (appears) state = {props.serial, props.path, true};
  bool close = false;
  const std::string& title = props.saves ? tr("Save file") : tr("Attach a file");
  if (!begin_dialog(f, ids::kPathDialog, title, {.width = 520}, close)) return;
  vertical_gap(f, 4);
  const FieldResult typed = text_field(f, ids::kPathField, state.path,
                                       {.label = props.saves ? tr("Save it as") : tr("Its path"),
                                        .help = tr("From your home folder, or from the root with a slash"),
                                        .error = props.error,
                                        .take_focus = appears,
                                        .cursor_at_end = state.goes_on});
  if (typed.focused) state.goes_on = false;
  const DialogChoice choice = dialog_buttons(
      f, ids::kPathDialog,
      {.confirm = props.saves ? tr("Save") : tr("Attach"), .confirm_disabled = state.path.empty()});
  end_dialog();
  if (choice == DialogChoice::confirmed || (typed.submitted && !state.path.empty()))
    actions.push_back(GivePath{state.path});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
