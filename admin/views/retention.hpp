#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/retention.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct RetentionViewState {
  std::uint64_t serial = 0;  // of the dialog that the forms below belong to
  RuleForm rule;
  HoldForm hold;
  std::string prune_days = "365";
};

// How long messages are kept, which holds override that, and pruning of old audit records.
void draw_retention(const RetentionProps& props, RetentionViewState& state, ui::FrameContext& f,
                    Actions& actions, const ui::Rect& area);
void draw_retention_dialog(const RetentionProps& props, RetentionViewState& state, ui::FrameContext& f,
                           Actions& actions);

}  // namespace wardroom::admin::views
