#pragma once

#include <string>
#include <vector>

#include "client/model/turn.hpp"

// Folds what the server tells about rooms in by sequence number: nothing twice, nothing left out.
namespace wardroom::client {

// Shows the messages where the room's window covers them, replaces pending rows by them, and keeps them in
// the cache together with the room's coverage. Their authors' names become known.
void take_messages(Turn& turn, RoomState& room, std::vector<protocol::Message> messages);
// A reply in a thread is unread in its thread alone.
void dont_count_reply(RoomState& room, const protocol::Message& message);
// Pages of history that are under way may have been read before this change; they are brought up to it.
void remember_change(RoomState& room, MessageChange change);
// Counts messages that are newer than what `info.count` counts. The person's own are never unread: the marker
// goes along where nothing else is, and they are left out where something is.
void count_messages(Turn& turn, RoomState& room, const std::vector<protocol::Message>& messages);
// Asks for what is missing between `coverage.to` and now, unless that is under way.
void catch_up(Turn& turn, RoomState& room);
// Asks again where an attempt failed and its wait is over.
void catch_up_late_rooms(Turn& turn);
// Forgets the room's messages, here and in the cache, and stands at `seq` from now on.
void start_afresh(Turn& turn, RoomState& room, Seq seq);
// Keeps counters, topic, marker.
void store_room(Turn& turn, const RoomState& room);

void fold(Turn& turn, const protocol::MessagePosted& event);
void fold(Turn& turn, const protocol::MessageEdited& event);
void fold(Turn& turn, const protocol::MessageDeleted& event);
void fold(Turn& turn, const protocol::MessageRestored& event);
void fold(Turn& turn, const protocol::MessageReacted& event);
void fold(Turn& turn, const protocol::MessagePinned& event);
void fold(Turn& turn, const protocol::RoomUpdated& event);
void fold(Turn& turn, const protocol::RoomArchived& event);
void fold(Turn& turn, const protocol::RoomTrimmed& event);
void fold(Turn& turn, const protocol::DirectChanged& event);
void fold(Turn& turn, const protocol::MemberJoined& event);
void fold(Turn& turn, const protocol::MemberLeft& event);
void fold(Turn& turn, const protocol::MemberChanged& event);
void fold(Turn& turn, const Answer<protocol::MessageChanges>& answer);

}  // namespace wardroom::client
