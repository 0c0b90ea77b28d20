#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The accounts: listed page by page, searched, added, invited, shut and opened.
namespace wardroom::admin {

// From the first page on; what is shown stays until the answer is there.
void load_people(Turn& turn);
// Asks for what was typed, once the typing has paused.
void search_when_due(Turn& turn);

void fold(Turn& turn, const FilterPeople& action);
void fold(Turn& turn, const LoadMorePeople& action);
void fold(Turn& turn, const SelectPerson& action);
void fold(Turn& turn, const ShowPeopleDialog& action);
void fold(Turn& turn, const AddPerson& action);
void fold(Turn& turn, const MakeInvite& action);
void fold(Turn& turn, const DisablePerson& action);
void fold(Turn& turn, const EnablePerson& action);
void fold(Turn& turn, const ChangeRole& action);

void fold(Turn& turn, const Answer<protocol::AdminUserList>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserCreate>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserUpdate>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserDisable>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserEnable>& answer);
void fold(Turn& turn, const Answer<protocol::AdminInviteCreate>& answer);

}  // namespace wardroom::admin
