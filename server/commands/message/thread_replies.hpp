#pragma once

#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"

// What a reply in a thread means to its root and to those who follow it.
namespace wardroom::commands {

// Whether a thread begins, or may begin, with this message, which is shown to who asks: `params` on `field`
// when there is none, or when it is a reply itself.
Result<void> check_root(sqlite::Connection& db, const store::Shown& shown, Seq root, const char* field);

struct ThreadReply {
  RoomId room;
  Seq root;
  Seq seq;
  UserId author;
};

// A reply was posted: counts it, makes its author, the root's and those whom `text` names follow the thread,
// as far as the root is shown to them, and tells everybody. @room makes nobody follow it.
void add_reply(WriteContext& context, const ThreadReply& reply, std::string_view text);

// A message was deleted, erased or restored by the room's number `number`: if it is a reply, the root has one
// fewer, or it back.
void take_reply(WriteContext& context, RoomId room, const store::MessageRow& message, Seq number);
void give_reply_back(WriteContext& context, RoomId room, const store::MessageRow& message, Seq number);

}  // namespace wardroom::commands
