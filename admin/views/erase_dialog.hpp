#pragma once

#include "admin/views/people.hpp"

namespace wardroom::admin::views {

// What will be gone, counted by the server; then a reason and the person's own name, typed.
void draw_erase(const PeopleProps& props, PeopleViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
