#pragma once

#include <string_view>

#include "client/model/turn.hpp"

namespace wardroom::client {

// Whether the text names the person (@name) or everybody (@room), as a word of its own; not within code.
bool mentions(std::string_view text, std::string_view name);

// Tells the desktop about a message that names the person or is to them alone, when they aren't looking.
void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message);

void fold(Turn& turn, const NotificationPressed& event);

}  // namespace wardroom::client
