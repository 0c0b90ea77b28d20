#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SwitcherViewState {
  std::string query;
  std::size_t chosen = 0;
};

// Ctrl+K: goes to a room or person by a few letters.
void draw_switcher(const SwitcherProps& props, SwitcherViewState& state, ui::FrameContext& f,
                   Actions& actions);

}  // namespace wardroom::client::views
