#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/members.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct MembersViewState {
  RoomId room;
  std::string filter;
};

// Who is in the room, by presence. Choosing a person opens what can be done about them.
void draw_members(const MembersProps& props, MembersViewState& state, ui::FrameContext& f, Actions& actions,
                  const ui::Rect& area);

}  // namespace wardroom::client::views
