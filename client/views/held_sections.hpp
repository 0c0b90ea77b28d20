#pragma once

#include <vector>

#include "client/model/props/side_bar.hpp"

namespace wardroom::client::views {

// The rows where they were shown, with what is known of them now, so that none moves under the mouse. Rooms
// that came wait, unless one of them was opened: then all stand where they belong.
std::vector<SideBarSection> hold_sections(const std::vector<SideBarSection>& shown,
                                          const std::vector<SideBarSection>& now);

}  // namespace wardroom::client::views
