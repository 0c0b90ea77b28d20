#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Who has read a message, in small rooms of an office that wants it.
namespace wardroom::client {

// Whether it can be asked in this room.
bool may_ask_seen_by(const State& state, const RoomState& room);
SeenByProps select_seen_by(const State& state);

void fold(Turn& turn, const ShowSeenBy& action);
void fold(Turn& turn, const Answer<protocol::MessageSeenBy>& answer);

}  // namespace wardroom::client
