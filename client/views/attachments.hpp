#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/composer.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"

// The part of the composer that is about files.
namespace wardroom::client::views {

// What is attached to the draft, line by line; a few lines high at most, then it scrolls.
float attachments_height(ui::FrameContext& f, const ComposerProps& props);
void draw_attachments(ui::FrameContext& f, const ComposerProps& props, const ui::Rect& area,
                      Actions& actions);

// What to do with a pasted text that is longer than a message. Empties it when that is decided. True: it is
// to be pasted as it is.
bool draw_long_paste(ui::FrameContext& f, RoomId room, std::string& long_text, Actions& actions);

}  // namespace wardroom::client::views
