#pragma once

#include "protocol/methods/room.hpp"
#include "server/commands/context.hpp"
#include "server/domain/rights.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {

// A room together with how a person stands to it.
struct Entry {
  protocol::Room room;
  domain::Standing standing;

  bool is_moderator() const { return domain::is_moderator(room, standing); }
  // What of the room's messages they are shown.
  store::Shown shown() const { return {room.id, standing.shown_after}; }
};

// The room for a caller who wants to do `act` there, as of this transaction or snapshot; the error of
// domain::authorize when they may not.
Result<Entry> enter_room(sqlite::Connection& db, const realtime::Caller& caller, RoomId room,
                         domain::RoomAct act, TimePoint now);
inline Result<Entry> enter_room(WriteContext& context, RoomId room, domain::RoomAct act) {
  return enter_room(context.db(), context.caller(), room, act, context.trusted());
}
inline Result<Entry> enter_room(ReadContext& context, RoomId room, domain::RoomAct act) {
  return enter_room(context.db, context.caller(), room, act, context.trusted());
}

// The same for a post, from what the writer knows: the room is without what it is called and what changes
// with each message.
Result<Entry> enter_to_post(WriteContext& context, RoomId room);

// The room as the caller sees it after a change: who isn't in it sees it as somebody who has read nothing.
Result<protocol::RoomResult> show_room(WriteContext& context, RoomId room);

// What the room is called, for an answer about it to somebody of the office who may not be in it: empty when
// it is a private or direct room of others.
std::string name_for(sqlite::Connection& db, RoomId room, UserId reader);

// How somebody stands to a room; `room` may be left out for what holds in the whole office.
domain::Standing find_standing(sqlite::Connection& db, const protocol::Room* room, UserId user,
                               protocol::Role role, TimePoint now);

}  // namespace wardroom::commands
