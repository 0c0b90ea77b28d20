#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// What is done to all people who are selected together: one request a person, one after the other, so that a
// refusal of one stops nobody else's, and each has a result of their own.
namespace wardroom::admin {

// Why accounts and sessions are changed: the answer belongs to a run over several people.
struct ForSelected {};

// How many people it is done to. Oneself isn't among them: nobody locks the account that they are using.
std::int64_t others_ticked(const State& state);
// What the dialog says before it begins: it names how many.
ReasonDialogProps describe_bulk(const State& state, BulkAct act);
// `choice`: of the dialog's roles. False: there is no connection, and nothing was begun.
bool begin_bulk(Turn& turn, BulkAct act, const std::string& reason, std::size_t choice);
// The server asked for a pause, which is over now.
void resume_bulk_when_due(Turn& turn);
// The connection is lost: whoever was asked for then is said to be uncertain, the others are left.
void interrupt_bulk(Turn& turn);
BulkProps select_bulk(const BulkState& bulk);
// "3 people selected, 1 of them not in this list"
std::string ticked_text(const PeopleState& people);

void fold(Turn& turn, const CloseBulk& action);
void fold(Turn& turn, const RetryBulk& action);
void fold(Turn& turn, const Answer<protocol::AdminUserDisable, ForSelected>& answer);
void fold(Turn& turn, const Answer<protocol::AdminSessionRevoke, ForSelected>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserUpdate, ForSelected>& answer);

}  // namespace wardroom::admin
