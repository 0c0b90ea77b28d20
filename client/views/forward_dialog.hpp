#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct ForwardViewState {
  std::uint64_t serial = 0;
  std::string query;
  std::string comment;
  RoomId chosen;
};

// Into which room a message is forwarded, and what is said about it.
void draw_forward_dialog(const ForwardProps& props, ForwardViewState& state, ui::FrameContext& f,
                         Actions& actions);

}  // namespace wardroom::client::views
