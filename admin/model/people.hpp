#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The accounts: listed page by page, searched, added, invited, shut and opened.
namespace wardroom::admin {

// Why accounts are asked for: the summary says how many of all are disabled.
struct CountingDisabled {};

// From the first page on; what is shown stays until the answer is there.
void load_people(Turn& turn);
// By another column, or the other way round.
void sort_people(Turn& turn, std::size_t column);
// Asks for what was typed, once the typing has paused.
void search_when_due(Turn& turn);

// Before a request of the dialog, or of a button without one, goes out. False: one is on its way already, or
// there is no connection, and the person was told.
bool begin_change(Turn& turn);
// Says in the dialog, or at the window's edge, why nothing was changed.
void refuse_change(Turn& turn, const Error& error);
void close_people_dialog(PeopleState& people);
// An account as the server now has it: shown at once, and the list asked for again, since the account may now
// be in or out of the filter.
void take_account(Turn& turn, const protocol::Account& account);

void fold(Turn& turn, const FilterPeople& action);
void fold(Turn& turn, const LoadMorePeople& action);
void fold(Turn& turn, const TickPerson& action);
void fold(Turn& turn, const TickShownPeople& action);
void fold(Turn& turn, const UntickPeople& action);
void fold(Turn& turn, const SelectPerson& action);
void fold(Turn& turn, const ShowPeopleDialog& action);
void fold(Turn& turn, const AddPerson& action);
void fold(Turn& turn, const MakeInvite& action);
void fold(Turn& turn, const EnablePerson& action);
void fold(Turn& turn, const ChangeRole& action);
void fold(Turn& turn, const EditPerson& action);
void fold(Turn& turn, const AskForPassword& action);

void fold(Turn& turn, const Answer<protocol::AdminUserList>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserList, CountingDisabled>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserCreate>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserUpdate>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserEnable>& answer);
void fold(Turn& turn, const Answer<protocol::AdminInviteCreate>& answer);

}  // namespace wardroom::admin
