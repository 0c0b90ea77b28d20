#pragma once

#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/links.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// The messages to which a message links, one card each.
float link_cards_height(ui::FrameContext& f, const std::vector<MessagePlace>& links);
// `index` is the row's place. What isn't known is asked for; a press on a card leads to its message.
void draw_link_cards(ui::FrameContext& f, const std::vector<MessagePlace>& links, const LinkCards& cards,
                     std::int64_t index, float x, float y, float width, Actions& actions);

}  // namespace wardroom::client::views
