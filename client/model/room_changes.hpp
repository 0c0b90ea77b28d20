#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// A room's name, topic and people, changed in dialogs.
namespace wardroom::client {

// Asks for the dialog: how it ends is said there.
struct ToChangeRoom {};
struct ToAddPerson {};

ChangeRoomProps select_change_room(const State& state);
NewDirectProps select_add_people(const State& state);

void fold(Turn& turn, const StartChangingRoom& action);
void fold(Turn& turn, const ChangeRoom& action);
void fold(Turn& turn, const StartAddingPeople& action);
void fold(Turn& turn, const AddPeople& action);
void fold(Turn& turn, const OpenRoomMenu& action);
void fold(Turn& turn, const Answer<protocol::RoomUpdate, ToChangeRoom>& answer);
void fold(Turn& turn, const Answer<protocol::RoomAddMember, ToAddPerson>& answer);

}  // namespace wardroom::client
