#include "admin/views/page_head.hpp"

#include <imgui.h>

#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_page_title(FrameContext& f, std::string_view title, std::string_view summary, float right) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = text_line(f, FontRole::heading, at.x, at.y + f.px(3), f.theme.text0, title);
  const float words = at.x + width + f.px(14);
  if (right - words > f.px(24))
    text_line(f, FontRole::text, words, at.y + f.px(7), f.theme.text2, f.screen(summary), right - words);
  note(f, ItemKind::header, {at.x, at.y, at.x + width, at.y + f.px(26)}, title);
  note(f, ItemKind::text, {at.x, at.y, right, at.y + f.px(26)}, summary);
}

void draw_emptiness(FrameContext& f, const Rect& area, const Emptiness& why) {
  if (!why.error.empty()) return empty_state(f, area, "This can't be shown", why.error);
  if (why.loading) return empty_state(f, area, "Loading", "The server is asked.");
  empty_state(f, area, why.nothing, why.advice);
}

ui::TableOptions list_options(const ListSort& sort, float row_height) {
  TableOptions options{.row_height = row_height};
  options.sort = TableSort{sort.column, sort.descending};
  options.list = number_of(sort);
  return options;
}

}  // namespace wardroom::admin::views
