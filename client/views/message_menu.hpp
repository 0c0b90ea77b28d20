#pragma once

#include <cstdint>

#include "client/model/actions.hpp"
#include "client/model/props/timeline.hpp"
#include "client/views/emoji_picker.hpp"
#include "client/views/text_selection.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct MessageMenuState {
  std::uint64_t key = 0;  // of the row that it belongs to
  ui::Rect anchor;
  bool open_menu = false;    // in this frame
  bool open_picker = false;  // in the next one, when the menu is closed
  EmojiPickerState picker;
};

// What may be done to the message now.
bool has_menu(const TimelineRow& row);
bool may_react(const TimelineRow& row, const MessageRights& rights);
bool may_edit(const TimelineRow& row, const MessageRights& rights);
bool may_see_versions(const TimelineRow& row, const MessageRights& rights);

void open_message_menu(MessageMenuState& state, const TimelineRow& row, const ui::Rect& anchor);
void open_message_picker(MessageMenuState& state, const TimelineRow& row, const ui::Rect& anchor);
// What it copies is the selection, where there is one, or else the message.
void draw_message_menu(const TimelineProps& props, MessageMenuState& state, const TextSelection& selection,
                       ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
