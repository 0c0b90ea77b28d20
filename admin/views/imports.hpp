#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/imports.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct ImportsViewState {
  std::string path;
  std::string sheet_path;
  std::string shown_path;  // that the model named last: a dropped file replaces what was typed
  std::string shown_sheet_path;
};

// A list of people from a file: tried, carried out, printed as a sheet of invites, undone.
void draw_imports(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state,
                  ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
