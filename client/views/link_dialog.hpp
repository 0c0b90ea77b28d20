#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// Where a link leads whose text says something else, before it is opened.
void draw_link_dialog(const std::string& target, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
