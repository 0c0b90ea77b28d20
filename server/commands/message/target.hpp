#pragma once

#include "protocol/methods/message.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {

// The message that a command is about, in a room where the caller may do what they ask for.
struct Target {
  Entry entry;
  store::MessageRow message;
  bool is_own = false;
};

// `own`: what the command is for the message's author; `other`: what it is for everybody else. A message that
// isn't there counts as one's own, so that only who may be in the room learns that it isn't.
Result<Target> find_target(WriteContext& context, RoomId room, Seq message, domain::RoomAct own,
                           domain::RoomAct other);
inline Result<Target> find_target(WriteContext& context, RoomId room, Seq message, domain::RoomAct act) {
  return find_target(context, room, message, act, act);
}

// Whether the caller, who isn't its author, may take a measure against the message:
// domain::authorize_against.
Result<void> authorize_against_author(WriteContext& context, const Target& target);

// The answer where everything is already as it was asked for: the room's present number.
protocol::MessageChanged unchanged(WriteContext& context, const Target& target);

// A record that speaks of the message: its seq as the target's id, its author as the target's name, and the
// number of its version as it was.
audit::Record message_record(WriteContext& context, audit::Type type, const Target& target);

}  // namespace wardroom::commands
