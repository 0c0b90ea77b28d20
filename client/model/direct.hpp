#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Direct rooms that are asked for, accepted, declined and ended.
namespace wardroom::client {

// Somebody asks the person, who hasn't answered yet.
bool is_request(const RoomState& room);
// What the event means for who reads of it in the timeline.
Notice::Kind direct_notice(const RoomState& room, const protocol::DirectChanged& event);
void change_direct(Turn& turn, RoomState& room, const protocol::DirectChanged& event);
// A room that is new in the list may be a request: the person is told.
void tell_of_request(Turn& turn, const RoomState& room);

void fold(Turn& turn, const AcceptDirect& action);
void fold(Turn& turn, const DeclineDirect& action);
void fold(Turn& turn, const EndDirect& action);
void fold(Turn& turn, const AskAgain& action);
void fold(Turn& turn, const Answer<protocol::DirectAccept>& answer);
void fold(Turn& turn, const Answer<protocol::DirectDecline>& answer);
void fold(Turn& turn, const Answer<protocol::DirectEnd>& answer);

}  // namespace wardroom::client
