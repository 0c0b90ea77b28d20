#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Markers: up to where the person has read, on all their devices. A marker never goes back.
namespace wardroom::client {

// Moves the marker to the newest event that was folded in; the server is told a little later.
void mark_read(Turn& turn, RoomState& room);
// Takes the server's marker unless this device is further.
void take_marker(RoomState& room, const protocol::Marker& marker, std::int64_t mentions);
void send_due_markers(Turn& turn);

void fold(Turn& turn, const MarkRead& action);
void fold(Turn& turn, const SeenNewest& action);
void fold(Turn& turn, const protocol::MarkerMoved& event);
void fold(Turn& turn, const protocol::MentionCounted& event);
void fold(Turn& turn, const Answer<protocol::MarkerSet>& answer);

}  // namespace wardroom::client
