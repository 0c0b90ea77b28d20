#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/audit.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct AuditViewState {
  AuditFilter typed;  // what stands in the fields; asked for on Enter
  bool filled = false;
};

// The log as a table with filters, and one record in full below it.
void draw_audit(const AuditProps& props, const WatchCardProps& watch, AuditViewState& state,
                ui::FrameContext& f, Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
