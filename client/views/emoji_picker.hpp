#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// What people answer with most, likeliest first.
std::span<const std::string_view> frequent_emoji();

struct EmojiPickerState {
  std::string query;
};

// Opens it; it is drawn by draw_emoji_picker in the same pane.
void open_emoji_picker(EmojiPickerState& state);
// A small surface beside the anchor with the frequent emoji and all others by name. What was chosen.
std::optional<std::string> draw_emoji_picker(EmojiPickerState& state, ui::FrameContext& f,
                                             const ui::Rect& anchor);

}  // namespace wardroom::client::views
