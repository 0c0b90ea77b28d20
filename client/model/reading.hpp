#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Markers: up to where the person has read, on all their devices. A marker goes back only when they say so.
namespace wardroom::client {

// Moves the marker to the newest event that was folded in; the server is told a little later.
void mark_read(Turn& turn, RoomState& room);
// Moves it to there; the server is told a little later.
void move_marker(Turn& turn, RoomState& room, const protocol::Marker& marker);
// Takes the server's marker unless this device is further, or the person has marked something as unread
// elsewhere.
void take_marker(RoomState& room, const protocol::Marker& marker, std::int64_t mentions, bool back = false);
void send_due_markers(Turn& turn);

void fold(Turn& turn, const MarkRead& action);
void fold(Turn& turn, const SeenNewest& action);
void fold(Turn& turn, const SeenUpTo& action);
void fold(Turn& turn, const MarkUnread& action);
void fold(Turn& turn, const protocol::MarkerMoved& event);
void fold(Turn& turn, const protocol::MentionCounted& event);
void fold(Turn& turn, const Answer<protocol::MarkerSet>& answer);

}  // namespace wardroom::client
