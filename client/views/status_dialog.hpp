#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct StatusViewState {
  std::uint64_t serial = 0;
  std::string text;
  std::size_t end = 0;  // numbered by StatusEnd
};

// What the person says of themselves for a while.
void draw_status_dialog(const StatusProps& props, StatusViewState& state, ui::FrameContext& f,
                        Actions& actions);

}  // namespace wardroom::client::views
