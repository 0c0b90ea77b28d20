#pragma once

#include "common/desk/model/props/witness.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::desk::views {

struct WatchViewState {
  bool asking = false;  // whether the auditor has really looked into it
};

float log_alarm_height(const LogAlarmProps& props, ui::FrameContext& f, float width);
// The strip over everything. What was pressed.
std::optional<WatchAct> draw_log_alarm(const LogAlarmProps& props, ui::FrameContext& f, const ui::Rect& area);
// The dialog: what this PC saw of the audit log, and what the server shows.
std::optional<WatchAct> draw_watch(const WatchProps& props, WatchViewState& state, ui::FrameContext& f);

}  // namespace wardroom::desk::views
