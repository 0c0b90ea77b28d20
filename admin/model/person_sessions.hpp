#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

namespace wardroom::admin {

// Why sessions are asked for: the People page shows a few of one person.
struct ForPerson {};

// Where the person selected on the People page is signed in.
void load_person_sessions(Turn& turn);
void fold(Turn& turn, const Answer<protocol::AdminSessionList, ForPerson>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationSanctions, ForPerson>& answer);

}  // namespace wardroom::admin
