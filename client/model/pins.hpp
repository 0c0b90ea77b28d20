#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// The pinned messages of a room, asked for when their list is shown.
namespace wardroom::client {

// Asks for the open room's pins when their list is shown and they aren't known.
void load_shown_pins(Turn& turn);

void fold(Turn& turn, const TogglePins& action);
void fold(Turn& turn, const ToggleMembers& action);
void fold(Turn& turn, const PinMessage& action);
void fold(Turn& turn, const Answer<protocol::MessagePins>& answer);
void fold(Turn& turn, const Answer<protocol::MessagePin>& answer);

}  // namespace wardroom::client
