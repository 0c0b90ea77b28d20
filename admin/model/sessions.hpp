#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// Who is signed in where, of everybody or of one person, and the end of such a session.
namespace wardroom::admin {

// Why the directory is asked: whose sessions are to be shown.
struct FindingSessions {};

// From the first page on; what is shown stays until the answer is there.
void load_sessions(Turn& turn);
// By another column, or the other way round.
void sort_sessions(Turn& turn, std::size_t column);

void fold(Turn& turn, const ShowSessionsOf& action);
void fold(Turn& turn, const FindSessionsOf& action);
void fold(Turn& turn, const SelectSession& action);
void fold(Turn& turn, const LoadMoreSessions& action);
void fold(Turn& turn, const RefreshSessions& action);
void fold(Turn& turn, const Answer<protocol::AdminSessionList>& answer);
void fold(Turn& turn, const Answer<protocol::UserList, FindingSessions>& answer);

}  // namespace wardroom::admin
