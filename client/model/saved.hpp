#pragma once

#include <set>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Messages that a person saved to find them again, for themselves alone.
namespace wardroom::client {

// All of them, after each reconnect: menus say of each message whether it is saved.
void load_saved(Turn& turn);
// Those of a room.
std::set<Seq> saved_in(const State& state, RoomId room);
SavedProps select_saved(const State& state);
// What was fetched for the list follows what becomes of the messages.
void change_saved(Turn& turn, const MessageChange& change);

void fold(Turn& turn, const SaveMessage& action);
void fold(Turn& turn, const ToggleSaved& action);
void fold(Turn& turn, const Answer<protocol::SavedList>& answer);
void fold(Turn& turn, const Answer<protocol::SavedSet>& answer);
void fold(Turn& turn, const protocol::SavedChanged& event);

}  // namespace wardroom::client
