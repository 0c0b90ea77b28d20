#pragma once

#include <string>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The rooms that the person may see: public ones by browsing, and their own.
namespace wardroom::admin {

// Why rooms are asked for: so that the audit log and mutes can call them by their names.
struct NamingRooms {};

// From the first page on; what is shown stays until the answer is there.
void load_rooms(Turn& turn);
// By another column, or the other way round.
void sort_rooms(Turn& turn, std::size_t column);
// Asks for what was typed, once the typing has paused.
void search_rooms_when_due(Turn& turn);
void load_room_names(Turn& turn);

// Null when it isn't in the list.
const KnownRoom* find_known_room(const State& state, RoomId id);
// "# release-7", or "room 12" when its name isn't known here.
std::string known_room_title(const State& state, RoomId id);
// "Direct: Ada and Bob"; names in the order of their letters.
std::string direct_title(std::vector<std::string> names);
// A room as the server now has it.
void put_room(Turn& turn, const protocol::MyRoom& room);

void fold(Turn& turn, const FilterRooms& action);
void fold(Turn& turn, const SelectRoom& action);
void fold(Turn& turn, const LoadMoreRooms& action);
void fold(Turn& turn, const Answer<protocol::RoomBrowse>& answer);
void fold(Turn& turn, const Answer<protocol::RoomBrowse, NamingRooms>& answer);
void fold(Turn& turn, const Answer<protocol::RoomList>& answer);
void fold(Turn& turn, const Answer<protocol::RoomMembers>& answer);

}  // namespace wardroom::admin
