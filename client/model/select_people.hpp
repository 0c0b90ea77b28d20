#pragma once

#include "client/model/props/members.hpp"
#include "client/model/props/person.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

PresenceMark presence_mark(protocol::Presence presence);
RoomMark room_mark(const RoomState& room);
// The note is the status text.
PersonProps person_props(const State& state, UserId user);
MembersProps select_members(const State& state, const RoomState& room);
// Whom @ completes: the room's members, those who wrote last first.
std::vector<PersonProps> select_mentionable(const State& state, const RoomState& room);
// The directory, as far as it is known, without oneself; by display name.
std::vector<PersonProps> select_directory(const State& state);

}  // namespace wardroom::client
