#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

namespace wardroom::admin {

// Where the person selected on the People page is signed in.
void load_person_sessions(Turn& turn);
// The answer for this page; the Sessions page asks with another limit.
bool is_for_person(const protocol::AdminSessionList::Params& asked);
void take_person_sessions(Turn& turn, const Answer<protocol::AdminSessionList>& answer);

}  // namespace wardroom::admin
