#pragma once

#include "protocol/methods/message.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

// The message that a command is about, in a room where the caller may do what they ask for.
struct Target {
  Entry entry;
  store::MessageRow message;
  bool is_own = false;
};

// A message in a room where the caller may do `act`. One that isn't shown to them isn't there; but moderators
// delete by the number that a report names.
Result<Target> find_target(WriteContext& context, RoomId room, Seq message, domain::RoomAct act);

// The same where the author may do `own`, and who may do `any` does it to everybody's messages; `forbidden`
// not_author for whom neither holds. That a message isn't there learns only who may do one of them.
Result<Target> find_own_or_any(WriteContext& context, RoomId room, Seq message, domain::RoomAct own,
                               domain::RoomAct any);

// Whether the caller, who isn't its author, may act against the message:
// domain::authorize_against.
Result<void> authorize_against_author(WriteContext& context, const Target& target);

// The answer to a change that has the room's number `seq`. Who moderates a private room from outside isn't
// told how far it has come: they get the number of the message back.
protocol::MessageChanged changed(WriteContext& context, const Target& target, Seq seq);
// The answer where everything is already as it was asked for: the room's present number.
protocol::MessageChanged unchanged(WriteContext& context, const Target& target);

// Tells those members to whom the message is shown what became of it.
template <class Event>
void tell_readers(WriteContext& context, RoomId room, Seq message, const Event& event) {
  const auto readers = store::load_readers(context.db(), room, message);
  if (!readers) return context.tell_room(room, event);
  for (const UserId reader : *readers) context.tell_user(reader, event);
}

// A record that speaks of the message: its seq as the target's id, its author as the target's name, and the
// number of its version as it was.
audit::Record message_record(WriteContext& context, audit::Type type, const Target& target);

}  // namespace wardroom::commands
