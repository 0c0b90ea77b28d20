#pragma once

#include <cstdint>
#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/browse.hpp"
#include "admin/model/props/csv.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct CsvViewState {
  std::uint64_t serial = 0;
  std::string path;
};

// Where the list is saved to.
void draw_csv_dialog(const CsvProps& props, const BrowseProps& browse, CsvViewState& state,
                     ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
