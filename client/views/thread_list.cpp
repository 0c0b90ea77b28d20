#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/thread.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kThreadCard = 78;
constexpr float kThreadCardPad = 10;

void draw_thread_row(const ThreadListProps::Row& row, std::size_t index, FrameContext& f, Actions& actions) {
  const Rect card = place(0, f.px(kThreadCard));
  std::string state = row.where + ", " + row.replies;
  if (row.unread > 0) state += tr(", {0} new", std::to_string(row.unread));
  const Interaction it = interact(f, Id{ids::kThreadRow, static_cast<std::int64_t>(index)}, card,
                                  ItemKind::card, row.author + ": " + row.excerpt, {.state = state});
  vertical_gap(f, 8);
  if (it.pressed) actions.push_back(OpenThread{row.thread});
  if (!it.visible) return;
  fill(card, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(8));
  outline(card, f.theme.line, f.px(8));
  if (it.focused) focus_ring(f, card, f.px(8));
  const float x = card.x0 + f.px(kThreadCardPad);
  float right = card.x1 - f.px(kThreadCardPad);
  const float y = card.y0 + f.px(8);
  if (row.unread > 0)
    right =
        badge(f, right, y + f.px(10), tr("{0} new", std::to_string(row.unread)), BadgeTone::accent) - f.px(8);
  if (row.unsent) {
    draw_icon(f, Icon::warning, right - f.px(7), y + f.px(10), f.px(13), f.theme.bad);
    right -= f.px(20);
  } else if (row.has_draft) {
    draw_icon(f, Icon::pencil, right - f.px(7), y + f.px(10), f.px(12), f.theme.text1);
    right -= f.px(20);
  }
  const Rect name{x, y, right, y + f.px(20)};
  const float width = text_in(f, FontRole::bold, name, f.theme.text0, f.screen(row.author));
  const float after = row.author.empty() ? x : x + width + f.px(8);
  text_in(f, FontRole::small, {after, y, right, y + f.px(20)}, f.theme.text1, f.screen(row.where));
  right = card.x1 - f.px(kThreadCardPad);
  text_in(f, FontRole::text, {x, y + f.px(21), right, y + f.px(41)}, f.theme.text0, f.screen(row.excerpt));
  text_in(f, FontRole::small, {x, y + f.px(42), right, y + f.px(62)}, f.theme.text1, f.screen(row.replies));
}

}  // namespace

void draw_thread_list(const ThreadListProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "threads", area, {.scrolls = true, .padding_x = 12, .padding_y = 12});
  const Rect head = place(0, f.px(30));
  text_line(f, FontRole::bold, head.x0 + f.px(2), head.y0, f.theme.text0, tr("Threads"));
  note(f, ItemKind::header, head, tr("Threads"));
  const Rect cross{head.x1 - f.px(26), head.y0 - f.px(4), head.x1, head.y0 + f.px(22)};
  const ImVec2 after = ImGui::GetCursorScreenPos();
  if (icon_button_at(f, ids::kThreadsClose, cross, Icon::close, tr("Close")))
    actions.push_back(CloseThread{});
  ImGui::SetCursorScreenPos(after);
  for (std::size_t i = 0; i < props.rows.size(); ++i) draw_thread_row(props.rows[i], i, f, actions);
  if (!props.error.empty())
    paragraph(f, props.error, FontRole::small, f.theme.text2);
  else if (props.loading)
    paragraph(f, tr("Loading…"), FontRole::small, f.theme.text2);
  else if (props.rows.empty())
    paragraph(
        f, tr("You follow no threads yet. You follow one when you start it, reply in it or are named in it."),
        FontRole::small, f.theme.text2);
  if (props.more && button(f, ids::kThreadsMore, tr("More"))) actions.push_back(MoreThreads{});
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
