#pragma once

#include "admin/views/people.hpp"

namespace wardroom::admin::views {

// The one dialog that the props name, if any.
void draw_people_dialog(const PeopleProps& props, PeopleViewState& state, ui::FrameContext& f,
                        Actions& actions);

}  // namespace wardroom::admin::views
