#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/settings.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct SettingsViewState {
  std::string of;  // whose value is in the field
  std::string typed;
  std::uint64_t saved = 0;
};

// Every option of the server, and the one that was chosen with what it means and a field to change it.
void draw_settings(const SettingsProps& props, SettingsViewState& state, ui::FrameContext& f,
                   Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
