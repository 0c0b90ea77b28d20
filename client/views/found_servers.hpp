#pragma once

#include "client/views/welcome.hpp"

namespace wardroom::client::views {

// Beneath the address: the servers that answered on the local network. Asks it the first time that this is
// drawn. Choosing one puts its address into the field; what proves it is typed as ever.
void draw_found_servers(const WelcomeProps& props, WelcomeViewState& state, ui::FrameContext& f,
                        Actions& actions);

}  // namespace wardroom::client::views
