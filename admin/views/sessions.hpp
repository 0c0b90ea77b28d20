#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/sessions.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct SessionsViewState {
  std::string name;  // typed into the filter
};

// Who is signed in where, and the end of it.
void draw_sessions(const SessionsProps& props, SessionsViewState& state, ui::FrameContext& f,
                   Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
