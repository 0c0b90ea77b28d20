#pragma once

#include <string>
#include <string_view>

#include "admin/model/actions.hpp"
#include "admin/model/props/people.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct PeopleViewState {
  std::string name, display_name, email;  // of the person to add, or as they are edited
  std::size_t role = 0;
  std::string reason, successor;  // of the leaver's dialog
  bool copied = false;            // the invite link that is shown
  bool code_copied = false;
};

// The table of all accounts, and what can be done with the one selected.
void draw_people(const PeopleProps& props, PeopleViewState& state, ui::FrameContext& f, Actions& actions,
                 const ui::Rect& area);

std::string_view role_name(RoleChoice role);
// Null while nobody is selected.
const PersonRow* selected_person(const PeopleProps& props);

}  // namespace wardroom::admin::views
