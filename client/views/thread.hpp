#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/thread.hpp"
#include "client/views/composer.hpp"
#include "client/views/timeline.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct ThreadViewState {
  std::uint64_t serial = 0;  // of the opening that it belongs to
  TimelineViewState timeline;
  ComposerViewState composer;
  bool has_keys = true;    // the person is in it, and not in the room
  bool had_popup = false;  // at the end of the last frame: Escape has closed it before this one began
};

// The thread in the right pane: the message that it began with, the replies, its own composer.
// `escapes`: Escape closes it, because nothing stands over it.
void draw_thread(const ThreadPaneProps& props, ThreadViewState& state, bool escapes, ui::FrameContext& f,
                 Actions& actions, const ui::Rect& area);

// The threads that the person follows.
void draw_thread_list(const ThreadListProps& props, ui::FrameContext& f, Actions& actions,
                      const ui::Rect& area);

}  // namespace wardroom::client::views
