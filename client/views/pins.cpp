#include "client/views/pins.hpp"

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

constexpr float kPinPad = 10;
// A long message is told by its beginning.
constexpr float kMostText = 120;

void draw_pin(const PinRow& pin, const PinsProps& props, FrameContext& f, Actions& actions) {
  const float inner = room_left() - f.px(2 * kPinPad);
  std::vector<Block> blocks = parse_markdown(pin.text, {});
  for (Block& block : blocks)
    for (Span& span : block.spans) span.text = f.screen(span.text);
  const RichLayout body = lay_out(f, blocks, inner);
  const float text = std::min(body.height, f.px(kMostText));
  const Rect card = place(0, text + f.px(2 * kPinPad + 40));
  // The cross in the corner is pressed on its own.
  const Rect pressable{card.x0, card.y0, props.may_unpin ? card.x1 - f.px(34) : card.x1, card.y1};
  const Interaction it = interact(f, Id{ids::kPin, pin.seq.value}, pressable, ItemKind::card, pin.text,
                                  {.state = pin.author + ", " + pin.when});
  const ImVec2 after = ImGui::GetCursorScreenPos();
  if (it.visible) {
    fill(card, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(8));
    outline(card, f.theme.line, f.px(8));
    if (it.focused) focus_ring(f, card, f.px(8));
    const float x = card.x0 + f.px(kPinPad);
    const float y = card.y0 + f.px(kPinPad - 2);
    text_line(f, FontRole::bold, x, y, f.theme.text0, f.screen(pin.author), inner - f.px(30));
    text_line(f, FontRole::small, x, y + f.px(20), f.theme.text1, f.screen(pin.when), inner);
    ImGui::PushClipRect({card.x0, card.y0}, {card.x1, card.y1 - f.px(6)}, true);
    draw_rich(f, body, {.x = x, .y = y + f.px(42), .ink = f.theme.text0, .dimmed = false});
    ImGui::PopClipRect();
  }
  if (props.may_unpin) {
    const Rect cross{card.x1 - f.px(32), card.y0 + f.px(4), card.x1 - f.px(6), card.y0 + f.px(30)};
    if (icon_button_at(f, Id{ids::kUnpin, pin.seq.value}, cross, Icon::close, tr("Unpin")))
      actions.push_back(PinMessage{props.room, pin.seq, false});
  }
  if (it.pressed) actions.push_back(JumpToMessage{props.room, pin.seq});
  ImGui::SetCursorScreenPos(after);
  vertical_gap(f, 8);
}

}  // namespace

void draw_pins(const PinsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "pins", area, {.scrolls = true, .padding_x = 12, .padding_y = 12});
  const Rect head = place(0, f.px(30));
  const float width = text_line(f, FontRole::bold, head.x0 + f.px(2), head.y0, f.theme.text0, tr("Pinned"));
  if (!props.rows.empty())
    text_line(f, FontRole::small_bold, head.x0 + f.px(8) + width, head.y0 + f.px(2), f.theme.text2,
              std::to_string(props.rows.size()));
  note(f, ItemKind::header, head, tr("Pinned {0}", std::to_string(props.rows.size())));
  for (const PinRow& pin : props.rows) draw_pin(pin, props, f, actions);
  if (!props.error.empty())
    paragraph(f, props.error, FontRole::small, f.theme.text2);
  else if (props.loading)
    paragraph(f, tr("Loading…"), FontRole::small, f.theme.text2);
  else if (props.rows.empty())
    paragraph(f, tr("Nothing is pinned here. Pin what others will look for, from a message's menu."),
              FontRole::small, f.theme.text2);
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
