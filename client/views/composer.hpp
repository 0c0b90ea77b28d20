#pragma once

#include <cstdint>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/composer.hpp"
#include "client/views/emoji_picker.hpp"
#include "client/views/spelling.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/text_area.hpp"

namespace wardroom::client::views {

struct ComposerViewState {
  RoomId room;
  std::uint64_t draft_version = 0;
  bool taken_over = false;
  Seq edited;  // the message whose text it is; not set: the person's own draft
  ui::TextAreaState text;
  bool take_focus = true;
  bool takes_typing = true;          // what is typed while nothing has the keyboard goes here
  std::size_t chosen = 0;            // in the list of completions
  std::size_t closed_at = SIZE_MAX;  // the token whose list Escape has closed
  std::string long_paste;            // longer than a message, of which it isn't decided yet
  bool had_popup = false;            // at the end of the last frame
  EmojiPickerState picker;
  SpellingViewState spelling;
};

// How high the composer is now, pixels; the timeline ends above it.
float composer_height(const ComposerProps& props, const ComposerViewState& state, ui::FrameContext& f,
                      float width);

// `typing` is the line above it.
void draw_composer(const ComposerProps& props, std::string_view typing, ComposerViewState& state,
                   ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::client::views
