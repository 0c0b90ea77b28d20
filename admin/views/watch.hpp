#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/witness.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct WatchViewState {
  bool asking = false;  // whether the auditor has really looked into it
};

float log_alarm_height(const LogAlarmProps& props, ui::FrameContext& f, float width);
// The strip over every page.
void draw_log_alarm(const LogAlarmProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);
// The card on the Audit page.
void draw_watch_card(const WatchProps& props, ui::FrameContext& f, Actions& actions, const ui::Rect& area);
// What this console saw of the audit log, and what the server shows.
void draw_watch(const WatchProps& props, WatchViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
