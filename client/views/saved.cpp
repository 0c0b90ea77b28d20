#include "client/views/saved.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/markdown.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/rich_text.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kSavedPad = 10;
constexpr float kMostSavedText = 120;  // a long message is told by its beginning

void draw_saved_row(const SavedRow& row, std::int64_t number, FrameContext& f, Actions& actions) {
  const float inner = room_left() - f.px(2 * kSavedPad);
  std::vector<Block> blocks = parse_markdown(row.text, {});
  for (Block& block : blocks)
    for (Span& span : block.spans) span.text = f.screen(span.text);
  const RichLayout body = lay_out(f, blocks, inner);
  const Rect card = place(0, std::min(body.height, f.px(kMostSavedText)) + f.px(2 * kSavedPad + 40));
  // The cross in the corner is pressed on its own.
  const Rect pressable{card.x0, card.y0, card.x1 - f.px(34), card.y1};
  const Interaction it = interact(f, Id{ids::kSaved, number}, pressable, ItemKind::card, row.text,
                                  {.state = row.author + ", " + row.where});
  const ImVec2 after = ImGui::GetCursorScreenPos();
  if (it.visible) {
    fill(card, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(8));
    outline(card, f.theme.line, f.px(8));
    if (it.focused) focus_ring(f, card, f.px(8));
    const float x = card.x0 + f.px(kSavedPad);
    const float y = card.y0 + f.px(kSavedPad - 2);
    text_line(f, FontRole::bold, x, y, f.theme.text0, f.screen(row.author), inner - f.px(30));
    text_line(f, FontRole::small, x, y + f.px(20), f.theme.text1, f.screen(row.where), inner);
    ImGui::PushClipRect({card.x0, card.y0}, {card.x1, card.y1 - f.px(6)}, true);
    draw_rich(f, body, {.x = x, .y = y + f.px(42), .ink = f.theme.text0, .dimmed = false});
    ImGui::PopClipRect();
  }
  const Rect cross{card.x1 - f.px(32), card.y0 + f.px(4), card.x1 - f.px(6), card.y0 + f.px(30)};
  if (icon_button_at(f, Id{ids::kUnsave, number}, cross, Icon::close, tr("Remove from saved")))
    actions.push_back(SaveMessage{row.place, false});
  if (it.pressed) actions.push_back(GoToMessage{row.place});
  ImGui::SetCursorScreenPos(after);
  vertical_gap(f, 8);
}

}  // namespace

void draw_saved(const SavedProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "saved", area, {.scrolls = true, .padding_x = 12, .padding_y = 12});
  const Rect head = place(0, f.px(30));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float width = text_line(f, FontRole::bold, head.x0 + f.px(2), head.y0, f.theme.text0, tr("Saved"));
  if (!props.rows.empty())
    text_line(f, FontRole::small_bold, head.x0 + f.px(8) + width, head.y0 + f.px(2), f.theme.text2,
              std::to_string(props.rows.size()));
  note(f, ItemKind::header, head, tr("Saved {0}", std::to_string(props.rows.size())));
  const Rect cross{head.x1 - f.px(28), head.y0 - f.px(4), head.x1, head.y0 + f.px(24)};
  if (icon_button_at(f, ids::kSavedClose, cross, Icon::close, tr("Close"))) actions.push_back(ToggleSaved{});
  ImGui::SetCursorScreenPos(after);
  for (std::size_t i = 0; i < props.rows.size(); ++i)
    draw_saved_row(props.rows[i], static_cast<std::int64_t>(i), f, actions);
  if (!props.error.empty())
    paragraph(f, props.error, FontRole::small, f.theme.text2);
  else if (props.loading)
    paragraph(f, tr("Loading…"), FontRole::small, f.theme.text2);
  else if (props.rows.empty())
    paragraph(
        f,
        tr("Nothing is saved yet. Save what you want to find again, from a message's menu. Only you see it."),
        FontRole::small, f.theme.text2);
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
