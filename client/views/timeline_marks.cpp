#include "client/views/timeline_marks.hpp"

#include <cmath>
#include <string>

#include "client/views/ids.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {

using namespace ui;

bool draw_end_button(FrameContext& f, const Rect& area, std::int64_t unread) {
  const std::string words =
      (unread > 0 ? tr("{0} new", desk::grouped(unread)) + " \xC2\xB7 " : "") + tr("Jump to the end");
  const std::string label = f.screen(words);
  const float width = text_width(f, FontRole::small, label) + f.px(42);
  const float x = std::round((area.x0 + area.x1 - width) / 2);
  const Rect rect{x, area.y1 - f.px(40), x + width, area.y1 - f.px(12)};
  const Interaction it = interact(f, ids::kNewest, rect, ItemKind::button, words);
  fill(rect, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(14));
  outline(rect, f.theme.line, f.px(14));
  draw_icon(f, Icon::down, rect.x0 + f.px(17), (rect.y0 + rect.y1) / 2, f.px(13), f.theme.text0);
  text_in(f, FontRole::small, {rect.x0 + f.px(29), rect.y0, rect.x1, rect.y1}, f.theme.text0, label);
  if (it.focused) focus_ring(f, rect, f.px(14));
  return it.pressed;
}

bool draw_day_mark(FrameContext& f, const Rect& area, std::string_view day) {
  const std::string words = f.screen(day);
  const float width = text_width(f, FontRole::small, words) + f.px(24);
  const float x = std::round((area.x0 + area.x1 - width) / 2);
  const Rect rect{x, area.y0 + f.px(6), x + width, area.y0 + f.px(30)};
  const Interaction it = interact(f, ids::kDay, rect, ItemKind::header, day);
  fill(rect, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(12));
  outline(rect, f.theme.line, f.px(12));
  text_in(f, FontRole::small, rect, f.theme.text1, words, true);
  if (it.focused) focus_ring(f, rect, f.px(12));
  return it.pressed;
}

}  // namespace wardroom::client::views
