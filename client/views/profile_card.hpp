#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// Who a person is, as they say it themselves.
void draw_profile_card(const ProfileCardProps& props, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
