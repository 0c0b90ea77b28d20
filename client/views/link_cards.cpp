#include "client/views/link_cards.hpp"

#include <algorithm>

#include "client/views/ids.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kLinkCard = 46;
constexpr float kLinkCardGap = 6;
constexpr float kLinkCardWidth = 560;

void draw_link_card(FrameContext& f, const Id& id, const LinkCardProps& card, const Rect& rect,
                    MessagePlace place, Actions& actions) {
  const Interaction it =
      interact(f, id, rect, ItemKind::card, card.text, {.disabled = !card.there, .state = card.head});
  if (!it.visible) return;
  fill(rect, it.hovered && card.there ? f.theme.surface3 : f.theme.surface2, f.px(6));
  fill({rect.x0, rect.y0 + f.px(6), rect.x0 + f.px(3), rect.y1 - f.px(6)}, f.theme.accent, f.px(1.5F));
  const float x = rect.x0 + f.px(13);
  const float room = rect.x1 - x - f.px(10);
  if (card.head.empty()) {
    text_in(f, FontRole::small, {x, rect.y0, rect.x1, rect.y1}, f.theme.text1, f.screen(card.text));
  } else {
    text_line(f, FontRole::small, x, rect.y0 + f.px(6), f.theme.text1, f.screen(card.head), room);
    text_line(f, FontRole::text, x, rect.y0 + f.px(23), f.theme.text0, f.screen(card.text), room);
  }
  if (it.focused) focus_ring(f, rect, f.px(6));
  if (it.pressed && card.there) actions.push_back(GoToMessage{place});
}

}  // namespace

float link_cards_height(FrameContext& f, const std::vector<MessagePlace>& links) {
  return static_cast<float>(links.size()) * f.px(kLinkCard + kLinkCardGap);
}

void draw_link_cards(FrameContext& f, const std::vector<MessagePlace>& links, const LinkCards& cards,
                     std::int64_t index, float x, float y, float width, Actions& actions) {
  for (std::size_t i = 0; i < links.size(); ++i) {
    const float top = y + static_cast<float>(i) * f.px(kLinkCard + kLinkCardGap) + f.px(kLinkCardGap);
    const Rect rect{x, top, x + std::min(width, f.px(kLinkCardWidth)), top + f.px(kLinkCard)};
    const auto known = cards.find(links[i]);
    if (known == cards.end()) actions.push_back(WantLinked{links[i]});
    const Id id{ids::kLinkCard, index * 100 + static_cast<std::int64_t>(i)};
    draw_link_card(f, id, known == cards.end() ? LinkCardProps{} : known->second, rect, links[i], actions);
  }
}

}  // namespace wardroom::client::views
