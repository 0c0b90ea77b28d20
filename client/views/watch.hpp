#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/witness.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct WatchViewState {
  bool asking = false;  // whether the auditor has really looked into it
};

float log_alarm_height(const LogAlarmProps& props, ui::FrameContext& f, float width);
// The strip over the timeline.
void draw_log_alarm(const LogAlarmProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);
// What this PC saw of the audit log, and what the server shows.
void draw_watch(const WatchProps& props, WatchViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
