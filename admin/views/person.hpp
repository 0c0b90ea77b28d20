#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/people.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The card of the person selected: who they are, where they are signed in, what can be done.
void draw_person(const PeopleProps& props, const PersonRow& person, ui::FrameContext& f, Actions& actions,
                 const ui::Rect& box);

}  // namespace wardroom::admin::views
