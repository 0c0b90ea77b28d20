#include "admin/views/erase_dialog.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_erase(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  const PersonRow* person = selected_person(props);
  bool close = false;
  if (!person || !begin_dialog(f, ids::kErase, f.screen("Erase the texts of " + person->display_name + "?"),
                               {.width = 500}, close))
    return;
  // What stands there is the name of whom the dialog was opened for before.
  if (ImGui::IsWindowAppearing()) state.name.clear();
  vertical_gap(f, 4);
  if (!props.dialog_error.empty()) {
    notice(f, NoticeTone::bad, props.dialog_error);
    vertical_gap(f, 12);
  }
  if (props.erase.lines.empty())
    paragraph(f, props.dialog_error.empty() ? "Counting what will be removed…" : "", FontRole::text,
              f.theme.text1);
  for (const std::string& line : props.erase.lines) {
    paragraph(f, line, FontRole::text, f.theme.text0);
    vertical_gap(f, 6);
  }
  vertical_gap(f, 8);
  text_field(f, ids::kEraseReason, state.reason,
             {.label = "Reason, kept in the audit log",
              .placeholder = "For example: request under article 17 of 3 November",
              .disabled = props.dialog_busy});
  vertical_gap(f, 12);
  const std::string label = "Type \"" + person->name + "\" to go on";
  text_field(f, ids::kEraseName, state.name, {.label = label, .disabled = props.dialog_busy});
  const bool ready = state.reason.find_first_not_of(" \t") != std::string::npos &&
                     state.name == person->name && props.erase.possible && !props.dialog_busy;
  const DialogChoice choice = dialog_buttons(
      f, ids::kErase, {.confirm = "Erase for good", .danger = true, .confirm_disabled = !ready});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(EraseTexts{state.reason});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowPeopleDialog{PeopleDialog::none});
}

}  // namespace wardroom::admin::views
