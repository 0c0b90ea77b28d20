#include "server/commands/message/thread_replies.hpp"

#include "protocol/events.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/target.hpp"
#include "server/store/rooms.hpp"
#include "server/store/threads.hpp"

namespace wardroom::commands {
namespace {

// The root, unless it isn't there any more: then the thread goes on for those who read it, uncounted.
bool count_for_root(WriteContext& context, const ThreadReply& reply, Seq number, std::int64_t more) {
  const auto counted = store::count_reply(context.db(), reply.room, reply.root, number, more);
  if (!counted) return false;
  tell_readers(context, reply.room, reply.root,
               protocol::ThreadChanged{reply.room, reply.root, number, counted->replies});
  return true;
}

void tell_followers(WriteContext& context, const ThreadReply& reply,
                    const std::vector<store::Follower>& followers) {
  for (const auto& follower : followers)
    context.tell_user(follower.user, protocol::ThreadFollowed{reply.room, reply.root, follower.following});
}

void begin_following(WriteContext& context, const ThreadReply& reply, UserId user) {
  const auto member = store::find_member(context.db(), reply.room, user);
  if (!member || reply.root <= member->shown_after) return;
  // To the others this reply is the first one unread.
  const Seq read = user == reply.author ? reply.seq : Seq{reply.seq.value - 1};
  store::begin_following(context.db(), {reply.room, reply.root}, user, read, context.now());
}

void recount(WriteContext& context, RoomId room, const store::MessageRow& message, Seq number,
             std::int64_t more) {
  if (!message.thread) return;
  const ThreadReply reply{room, *message.thread, message.seq, message.author};
  if (!count_for_root(context, reply, number, more)) return;
  tell_followers(context, reply,
                 store::count_old_reply(context.db(), {room, reply.root}, reply.seq, reply.author, more));
}

}  // namespace

Result<void> check_root(sqlite::Connection& db, const store::Shown& shown, Seq root, const char* field) {
  const auto message = root > shown.after ? store::find_message(db, shown.room, root) : std::nullopt;
  if (!message) return params_error(field, "There is no message with this seq in the room.");
  if (message->thread)
    return params_error(field, "This message is a reply in the thread of message " +
                                   std::to_string(message->thread->value) + ". Name that one.");
  return ok();
}

void add_reply(WriteContext& context, const ThreadReply& reply, std::string_view text) {
  if (!count_for_root(context, reply, reply.seq, 1)) return;
  const store::Thread thread{reply.room, reply.root};
  const auto own = store::find_following(context.db(), thread, reply.author);
  if (own && !own->on)
    store::set_following(context.db(), thread, reply.author, true, reply.seq, context.now());
  begin_following(context, reply, reply.author);
  if (const auto root = store::find_message(context.db(), reply.room, reply.root))
    begin_following(context, reply, root->author);
  for (const UserId user : find_named(context, reply.author, text)) begin_following(context, reply, user);
  tell_followers(context, reply, store::count_new_reply(context.db(), thread, reply.author, context.now()));
}

void take_reply(WriteContext& context, RoomId room, const store::MessageRow& message, Seq number) {
  recount(context, room, message, number, -1);
}

void give_reply_back(WriteContext& context, RoomId room, const store::MessageRow& message, Seq number) {
  recount(context, room, message, number, 1);
}

}  // namespace wardroom::commands
