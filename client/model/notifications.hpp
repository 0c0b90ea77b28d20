#pragma once

#include <string_view>

#include "client/model/turn.hpp"

namespace wardroom::client {

// Whether the text names whoever is signed in (@name), or everybody (@room), as the server counts it: of
// names that could be meant the first one that is somebody's, as far as people are known here.
bool mentions(const State& state, std::string_view written);

// Tells the desktop about a message that names the person or is to them alone, when they aren't looking.
void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message);

void fold(Turn& turn, const NotificationPressed& event);

}  // namespace wardroom::client
