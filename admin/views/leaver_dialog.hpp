#pragma once

#include "admin/views/people.hpp"

namespace wardroom::admin::views {

// The one action for a person who leaves the office: what happens, who takes over, and why.
void draw_leaver(const PeopleProps& props, PeopleViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
