#pragma once

#include "client/model/turn.hpp"

// What each numbered event of a room changes. They come in order and once; incoming.hpp sees to that.
// `fresh`: nothing newer was folded in yet; otherwise the event is what a gap's filling may have brought
// already.
namespace wardroom::client {

void apply_event(Turn& turn, RoomState& room, const protocol::MessagePosted& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MessageEdited& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MessageDeleted& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MessageRestored& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MessageReacted& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MessagePinned& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::RoomUpdated& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::RoomArchived& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::RoomTrimmed& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::DirectChanged& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MemberJoined& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MemberLeft& event, bool fresh);
void apply_event(Turn& turn, RoomState& room, const protocol::MemberChanged& event, bool fresh);

}  // namespace wardroom::client
