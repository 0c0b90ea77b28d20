#pragma once

#include <string_view>

#include "admin/model/props/list_sort.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {

// A page's name with quiet words beside it, at the cursor of the head's pane.
void draw_page_title(ui::FrameContext& f, std::string_view title, std::string_view summary, float right);

// What stands where a table has no rows: that it is asked for, that something is wrong, or `nothing`.
struct Emptiness {
  bool loading = false;
  std::string_view error{};
  std::string_view nothing{};  // "Nobody matches"
  std::string_view advice{};   // "Change the filters."
};
void draw_emptiness(ui::FrameContext& f, const ui::Rect& area, const Emptiness& why);

// Of a table whose titles can be pressed: it is read from its top when it is in another order.
ui::TableOptions list_options(const ListSort& sort, float row_height);

}  // namespace wardroom::admin::views
