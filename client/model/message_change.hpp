#pragma once

#include <variant>

#include "protocol/events.hpp"

// A change of a message that was posted before, as its event brings it. Memory and cache apply the same one.
namespace wardroom::client {

using MessageChange =
    std::variant<protocol::MessageEdited, protocol::MessageDeleted, protocol::MessageRestored,
                 protocol::MessageReacted, protocol::MessagePinned, protocol::ThreadChanged>;

RoomId room_of(const MessageChange& change);
// The number of the change itself; of a thread's: of the reply that came or went.
Seq seq_of(const MessageChange& change);
// The posting that it changes.
Seq message_of(const MessageChange& change);

// False: the message is as new as the change already, and stays as it is.
bool apply_change(protocol::Message& message, const MessageChange& change);

// A tombstone keeps who deleted it and why, and nothing of what the message was.
void strip_tombstone(protocol::Message& message);

}  // namespace wardroom::client
