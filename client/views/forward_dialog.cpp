#include "client/views/forward_dialog.hpp"

#include <algorithm>
#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/matching.hpp"
#include "client/views/presence_mark.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;
using Target = SwitcherProps::Entry;

constexpr float kForwardList = 240;

void draw_forwarded(const ReplyQuote& quote, FrameContext& f) {
  const Rect rect = place(0, f.px(30));
  fill({rect.x0, rect.y0 + f.px(4), rect.x0 + f.px(3), rect.y1 - f.px(4)}, f.theme.accent, f.px(1.5F));
  const std::string words = text::isolated(quote.author) + ": " + quote.excerpt;
  text_in(f, FontRole::text, {rect.x0 + f.px(13), rect.y0, rect.x1, rect.y1}, f.theme.text1, f.screen(words));
  note(f, ItemKind::text, rect, words);
}

bool draw_target(const Target& target, bool chosen, FrameContext& f) {
  const Row row =
      list_row(f, Id{ids::kForwardRoom, target.room.value}, target.name, {.selected = chosen, .height = 34});
  if (!row.it.visible) return row.it.pressed;
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  float x = row.rect.x0 + f.px(12);
  const Colour behind = row.it.hovered ? f.theme.surface2 : f.theme.surface1;
  if (target.mark == RoomMark::public_room)
    text_in(f, FontRole::text, {x, row.rect.y0, row.rect.x1, row.rect.y1}, f.theme.text1, "#");
  if (target.mark == RoomMark::private_room)
    draw_icon(f, Icon::lock, x + f.px(5), middle, f.px(14), f.theme.text1);
  if (target.mark == RoomMark::direct)
    presence_dot(f, x + f.px(5), middle, f.px(9), dot_of(target.presence), behind);
  x += f.px(20);
  const float right = row.rect.x1 - f.px(36);
  x += text_line(f, FontRole::text, x, middle - f.px(10), f.theme.text0, f.screen(target.name), right - x) +
       f.px(10);
  if (x < right - f.px(30))
    text_line(f, FontRole::small, x, middle - f.px(8), f.theme.text1, f.screen(target.detail), right - x);
  if (chosen) draw_icon(f, Icon::check, row.rect.x1 - f.px(20), middle, f.px(16), f.theme.accent);
  return row.it.pressed;
}

// Those that fit what is typed; a press chooses one. The first of them, for Enter.
RoomId draw_targets(const ForwardProps& props, ForwardViewState& state, FrameContext& f) {
  const Rect area = place(0, std::max(f.px(80), std::min(f.px(kForwardList), f.height - f.px(330))));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "forward.list", area, {.scrolls = true});
  RoomId first;
  const Typed typed(state.query);
  for (const Target& target : props.entries) {
    if (!typed.is_in(target.name) && !typed.is_in(target.detail)) continue;
    if (!first.is_set()) first = target.room;
    if (draw_target(target, target.room == state.chosen, f)) state.chosen = target.room;
  }
  if (!first.is_set()) {
    const Rect rect = place(0, f.px(48));
    text_in(f, FontRole::text, rect, f.theme.text1, tr("No matches."), true);
    note(f, ItemKind::text, rect, tr("No matches."));
  }
  end_pane();
  ImGui::SetCursorScreenPos(after);
  return first;
}

}  // namespace

void draw_forward_dialog(const ForwardProps& props, ForwardViewState& state, FrameContext& f,
                         Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kForwardDialog, tr("Forward message"), {.width = 520}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, {}, {}, {}};
  vertical_gap(f, 4);
  draw_forwarded(props.quote, f);
  if (props.has_files)
    paragraph(
        f, tr("Its files stay where they are. The forwarded message names them and links to the original."),
        FontRole::small, f.theme.text1);
  vertical_gap(f, 8);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  const FieldResult query =
      text_field(f, ids::kForwardQuery, state.query,
                 {.placeholder = tr("Room or person"), .search = true, .take_focus = fresh});
  vertical_gap(f, 6);
  const RoomId first = draw_targets(props, state, f);
  // Enter chooses the first that fits, and Enter again sends it there.
  const bool sends = query.submitted && state.chosen.is_set() && state.query.empty();
  if (query.submitted && !sends && first.is_set()) {
    state.chosen = first;
    state.query.clear();
  }
  vertical_gap(f, 8);
  const FieldResult comment =
      text_field(f, ids::kForwardComment, state.comment, {.label = tr("Comment (optional)")});
  const bool ready = state.chosen.is_set();
  const DialogChoice choice =
      dialog_buttons(f, ids::kForwardDialog, {.confirm = tr("Forward"), .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || sends || comment.submitted))
    actions.push_back(Forward{state.chosen, state.comment});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
