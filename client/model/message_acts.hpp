#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What a person does to a message that is there: react, change, delete, bring back, look at its past.
namespace wardroom::client {

void fold(Turn& turn, const React& action);
void fold(Turn& turn, const DeleteOwn& action);
void fold(Turn& turn, const RestoreOwn& action);
void fold(Turn& turn, const ShowVersions& action);
void fold(Turn& turn, const Answer<protocol::MessageReact>& answer);
void fold(Turn& turn, const Answer<protocol::MessageVersions>& answer);

}  // namespace wardroom::client
