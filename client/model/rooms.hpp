#pragma once

#include "client/model/actions.hpp"
#include "client/model/composer.hpp"
#include "client/model/turn.hpp"

// Which rooms there are, which one is open, who is in them.
namespace wardroom::client {

// Why rooms are looked for: to join the one of this name, as /join says.
struct ToJoin {
  std::string name;
  Typed typed;
};

// Asks for the list; twice in a row becomes once more afterwards.
void list_rooms(Turn& turn);
// The room is open when it is known, else as soon as it is listed.
void open_room(Turn& turn, RoomId id);
void load_members(Turn& turn, RoomState& room);
// The person is no longer in it.
void forget_room(Turn& turn, RoomId id);
// Opens or joins the public room of this name, with or without #. False: offline, and said so.
bool join_by_name(Turn& turn, std::string name, const Typed& typed);

void fold(Turn& turn, const Answer<protocol::RoomList>& answer);
void fold(Turn& turn, const Answer<protocol::RoomBrowse>& answer);
void fold(Turn& turn, const Answer<protocol::RoomBrowse, ToJoin>& answer);
void fold(Turn& turn, const Answer<protocol::RoomCreate>& answer);
void fold(Turn& turn, const Answer<protocol::RoomUpdate>& answer);
void fold(Turn& turn, const Answer<protocol::RoomJoin>& answer);
void fold(Turn& turn, const Answer<protocol::RoomLeave>& answer);
void fold(Turn& turn, const Answer<protocol::RoomMembers>& answer);
void fold(Turn& turn, const Answer<protocol::DirectOpen>& answer);
void fold(Turn& turn, const protocol::RoomCreated& event);
void fold(Turn& turn, const OpenRoom& action);
void fold(Turn& turn, const StepRoom& action);
void fold(Turn& turn, const JoinRoom& action);
void fold(Turn& turn, const LeaveRoom& action);
void fold(Turn& turn, const CreateRoom& action);
void fold(Turn& turn, const OpenDirect& action);

}  // namespace wardroom::client
