#pragma once

#include <optional>
#include <string>
#include <variant>

#include "common/desk/model/props/witness.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::desk::views {

struct WatchViewState {
  bool asking = false;  // what the auditor found
  bool focus_reason = false;
  std::string reason;
};

float log_alarm_height(const LogAlarmProps& props, ui::FrameContext& f, float width);
// The strip over everything. What was pressed.
std::optional<WatchAct> draw_log_alarm(const LogAlarmProps& props, ui::FrameContext& f, const ui::Rect& area);
// The dialog: what this PC saw of the audit log, and what the server shows. An alarm is settled with a reason
// alone.
std::optional<std::variant<WatchAct, SettleAlarm>> draw_watch(const WatchProps& props, WatchViewState& state,
                                                              ui::FrameContext& f);

}  // namespace wardroom::desk::views
