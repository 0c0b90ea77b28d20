#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// How a person arranges their side bar: favourites, sections of their own, and the order of both. What they
// do shows at once, and goes to the server, which tells their other devices.
namespace wardroom::client {

// Takes the room out of where it stands and puts it before `before` at the new place, or at its end.
void place_room(protocol::Sidebar& sidebar, const PlaceRoom& where);
RoomPlacing select_placing(const State& state, RoomId room);
SectionProps select_section(const State& state);
// After each reconnect.
void load_sidebar(Turn& turn);

void fold(Turn& turn, const PlaceRoom& action);
void fold(Turn& turn, const ShiftRoom& action);
void fold(Turn& turn, const StartSection& action);
void fold(Turn& turn, const NameSection& action);
void fold(Turn& turn, const ShiftSection& action);
void fold(Turn& turn, const RemoveSection& action);
void fold(Turn& turn, const FoldSection& action);
void fold(Turn& turn, const Answer<protocol::SidebarGet>& answer);
void fold(Turn& turn, const Answer<protocol::SidebarSet>& answer);
void fold(Turn& turn, const protocol::SidebarChanged& event);

}  // namespace wardroom::client
