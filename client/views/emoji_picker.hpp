#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/emoji.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// What people answer with most, likeliest first.
std::span<const std::string_view> frequent_emoji();

struct EmojiPickerState {
  std::string query;
  bool open = false;
  bool take_focus = false;            // what is typed next is searched for
  std::size_t group = 0;              // at the upper edge; 0: the recent ones
  std::optional<std::size_t> wanted;  // to be brought there
  // Which of emoji_list() the installed fonts draw; looked up when it is opened first.
  std::vector<bool> drawable;
};

// Opens it; it is drawn by draw_emoji_picker in the same pane.
void open_emoji_picker(EmojiPickerState& state);
// A small surface beside the anchor: the recent emoji, then all of Unicode's that can be drawn by categories,
// and what a query finds of them. What was chosen, in the person's skin tone.
std::optional<std::string> draw_emoji_picker(EmojiPickerState& state, const EmojiProps& props,
                                             ui::FrameContext& f, Actions& actions, const ui::Rect& anchor);

}  // namespace wardroom::client::views
