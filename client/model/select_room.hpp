#pragma once

#include "client/model/props/composer.hpp"
#include "client/model/props/members.hpp"
#include "client/model/props/timeline.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

RoomHeaderProps select_header(const State& state, const RoomState& room);
PinsProps select_pins(const State& state, const RoomState& room);
MessageRights select_rights(const State& state, const RoomState& room);
// Whether something can be written, and if not, why and what helps.
void select_writing(const State& state, const RoomState& room, ComposerProps& composer);
// What / lists for this person in this room.
std::vector<CommandProps> select_commands(const State& state, const RoomState& room);

}  // namespace wardroom::client
