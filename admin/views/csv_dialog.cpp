#include "admin/views/csv_dialog.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/path_field.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_csv_dialog(const CsvProps& props, const BrowseProps& browse, CsvViewState& state, FrameContext& f,
                     Actions& actions) {
  if (props.serial == 0) {
    state = {};
    return;
  }
  if (state.serial != props.serial) state = {props.serial, props.path};
  bool close = false;
  if (!begin_dialog(f, ids::kCsv, props.title, {.width = 480}, close)) return;
  vertical_gap(f, 4);
  paragraph(
      f,
      "All rows that the filters find are written, in the order shown, as CSV for a spreadsheet. Times are "
      "in UTC. A file that is there is replaced.",
      FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  const bool typed = path_field(f,
                                {.field = PathField::csv,
                                 .id = ids::kCsvPath,
                                 .browse_id = ids::kCsvBrowse,
                                 .label = "File",
                                 .error = props.error,
                                 .disabled = props.busy,
                                 .take_focus = ImGui::IsWindowAppearing()},
                                state.path, browse, actions);
  if (!props.progress.empty()) {
    vertical_gap(f, 8);
    paragraph(f, props.progress, FontRole::small, f.theme.text1);
  }
  const bool ready = !state.path.empty() && !props.busy;
  const DialogChoice choice = dialog_buttons(f, ids::kCsv, {.confirm = "Save", .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || typed))
    actions.push_back(SaveCsv{state.path});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(CloseCsv{});
}

}  // namespace wardroom::admin::views
