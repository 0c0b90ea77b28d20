#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// A person leaves the office: the server counts first what will happen, then does all of it in one step.
namespace wardroom::admin {

// Why the directory is asked: who could take the rooms over.
struct FindingSuccessors {};

void begin_leaver(Turn& turn, UserId person);
// Asks for who could take over, once the typing has paused.
void find_successors_when_due(Turn& turn);

void fold(Turn& turn, const FindSuccessor& action);
void fold(Turn& turn, const ChooseSuccessor& action);
void fold(Turn& turn, const SayGoodbye& action);
void fold(Turn& turn, const Answer<protocol::AdminUserOffboard>& answer);
void fold(Turn& turn, const Answer<protocol::UserList, FindingSuccessors>& answer);

}  // namespace wardroom::admin
