#pragma once

#include <string>
#include <string_view>

#include "client/model/turn.hpp"

// What the desktop is told of messages, and what the person does with it. A room has one notification, which
// is gone as soon as the person has read what it tells, on whichever device.
namespace wardroom::client {

// Whether the text names whoever is signed in (@name), or everybody (@room), as the server counts it: of
// names that could be meant the first one that is somebody's, as far as people are known here.
bool mentions(const State& state, std::string_view written);

// Tells of a message that the person wants to hear of (attention.hpp), unless they see it come.
void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message);
// Tells of the room itself, for example that somebody accepted. It is asked before whether now is the time.
void notify_of_room(Turn& turn, const RoomState& room, std::string title, std::string text);
// The message is deleted: its text isn't shown on.
void forget_notified(Turn& turn, const RoomState& room, Seq message);
// At a turn's end: what was read, or is on the screen, goes.
void withdraw_read(Turn& turn);
void withdraw_all(Turn& turn);

void fold(Turn& turn, const NotificationPressed& event);
void fold(Turn& turn, const NotificationReplied& event);
void fold(Turn& turn, const NotificationGone& event);

}  // namespace wardroom::client
