#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// Rooms made, renamed and given a topic in the console.
namespace wardroom::admin {

void fold(Turn& turn, const ShowRoomsDialog& action);
void fold(Turn& turn, const MakeRoom& action);
void fold(Turn& turn, const EditRoom& action);
void fold(Turn& turn, const Answer<protocol::RoomCreate>& answer);
void fold(Turn& turn, const Answer<protocol::RoomUpdate>& answer);

}  // namespace wardroom::admin
