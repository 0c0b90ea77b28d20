#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Which part of a room's history is in memory: a window that grows by pages, from the cache where it covers
// them, else from the server, and that lets go of its far end when it gets long.
namespace wardroom::client {

// A page that was read before a change came after it.
void catch_up_page(const RoomState& room, std::vector<protocol::Message>& messages);
bool has_older(const RoomState& room);
// Opens a window at the newest end where there is none, and loads its first page.
void ensure_window(Turn& turn, RoomState& room);
// Opens one where the person stopped reading, when that isn't among the newest messages anyway.
void open_at_unread(Turn& turn, RoomState& room);
// The place where the person stopped reading is being loaded.
bool is_finding_unread(const RoomState& room);
// To what was posted then or later. False: offline, and the history isn't asked for.
bool jump_to_time(Turn& turn, RoomState& room, TimePoint at);
void load_older(Turn& turn, RoomState& room);
void load_newer(Turn& turn, RoomState& room);
// Keeps a room that is no longer open from filling the memory.
void shrink_window(RoomState& room);
// While the newest end is watched, the window's old end is let go.
void trim_live_window(Turn& turn, RoomState& room);

void fold(Turn& turn, const PageLoaded& event);
void fold(Turn& turn, const Answer<protocol::MessageHistory>& answer);
void fold(Turn& turn, const LoadOlder& action);
void fold(Turn& turn, const LoadNewer& action);
void fold(Turn& turn, const JumpToNewest& action);
void fold(Turn& turn, const JumpToMessage& action);

}  // namespace wardroom::client
