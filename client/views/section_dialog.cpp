#include "client/views/section_dialog.hpp"

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/field.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {

using namespace ui;

void draw_section_dialog(const SectionProps& props, SectionViewState& state, FrameContext& f,
                         Actions& actions) {
  bool close = false;
  const std::string& title = props.fresh ? tr("New section") : tr("Rename the section");
  if (!begin_dialog(f, ids::kSectionDialog, title, {.width = 400}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, props.name};
  vertical_gap(f, 4);
  const FieldResult name = text_field(f, ids::kSectionName, state.name,
                                      {.label = tr("Name"),
                                       .placeholder = tr("For example: Projects"),
                                       .help = tr("Only you see it, on all your devices."),
                                       .error = props.error,
                                       .take_focus = fresh});
  const bool ready = state.name.find_first_not_of(" \t") != std::string::npos;
  const DialogChoice choice =
      dialog_buttons(f, ids::kSectionDialog,
                     {.confirm = props.fresh ? tr("Add") : tr("Rename"), .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || name.submitted))
    actions.push_back(NameSection{state.name});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
