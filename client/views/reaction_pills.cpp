#include "client/views/reaction_pills.hpp"

#include <string>

#include "client/views/ids.hpp"
#include "client/views/message_menu.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kReactions = 30;  // a line of them

// An emoji takes a fixed place: its picture may come a frame later than the row is laid out.
bool is_word(const ReactionProps& reaction) {
  return !reaction.emoji.empty() && static_cast<unsigned char>(reaction.emoji.front()) < 0x80;
}

float emoji_width(FrameContext& f, const ReactionProps& reaction) {
  return is_word(reaction) ? text_width(f, FontRole::small, reaction.emoji) : f.px(18);
}

float pill_width(FrameContext& f, const ReactionProps& reaction) {
  return emoji_width(f, reaction) + text_width(f, FontRole::small, std::to_string(reaction.count)) + f.px(22);
}

}  // namespace

float reactions_height(FrameContext& f, const TimelineRow& row, float width) {
  if (row.reactions.empty()) return 0;
  float x = 0, lines = 1;
  for (const ReactionProps& reaction : row.reactions) {
    const float pill = pill_width(f, reaction);
    if (x > 0 && x + pill > width) {
      x = 0;
      ++lines;
    }
    x += pill + f.px(6);
  }
  return lines * f.px(kReactions);
}

float draw_reactions(FrameContext& f, const TimelineRow& row, const RowPlace& place, float right, float x,
                     float y, Actions& actions) {
  const bool may = may_react(row, place.rights);
  const float left = x;
  float height = f.px(kReactions);
  for (std::size_t i = 0; i < row.reactions.size(); ++i) {
    const ReactionProps& reaction = row.reactions[i];
    const std::string count = std::to_string(reaction.count);
    const float width = pill_width(f, reaction);
    if (x > left && x + width > right) {
      x = left;
      y += f.px(kReactions);
      height += f.px(kReactions);
    }
    const Rect pill{x, y + f.px(4), x + width, y + f.px(28)};
    const Id id{ids::kReaction, place.index * 100 + static_cast<std::int64_t>(i)};
    const Interaction it = interact(f, id, pill, ItemKind::badge, reaction.emoji + " " + count,
                                    {.disabled = !may, .selected = reaction.mine, .state = reaction.names});
    Colour back = reaction.mine ? f.theme.accent_soft : f.theme.surface2;
    if (it.hovered) back = mix(back, f.theme.surface3, 0.6F);
    fill(pill, back, f.px(12));
    outline(pill, reaction.mine ? f.theme.accent : f.theme.line, f.px(12));
    const float middle = pill.x0 + f.px(9) + emoji_width(f, reaction);
    text_in(f, FontRole::small, {pill.x0 + f.px(9), pill.y0, middle, pill.y1}, f.theme.text0,
            f.screen(reaction.emoji), true);
    text_in(f, FontRole::small, {middle + f.px(4), pill.y0, pill.x1, pill.y1}, f.theme.text0, count);
    if (it.focused) focus_ring(f, pill, f.px(12));
    tooltip(f, it, f.screen(reaction.names));
    if (it.pressed) actions.push_back(React{place.room, row.seq, reaction.emoji, !reaction.mine});
    x += width + f.px(6);
  }
  return height;
}

}  // namespace wardroom::client::views
