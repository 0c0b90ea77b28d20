#pragma once

#include "client/model/turn.hpp"

// Retention removes old messages at the server; here they go from memory and from the cache. What a hold
// keeps comes back with the pages of history.
namespace wardroom::client {

void trim_room(Turn& turn, RoomState& room, TimePoint before);

void fold(Turn& turn, const MessagesTrimmed& event);

}  // namespace wardroom::client
