#include "server/commands/handlers.hpp"
#include "server/commands/message/thread_replies.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"
#include "server/store/threads.hpp"

namespace wardroom::commands {
namespace {

Following as_it_is(sqlite::Connection& db, const store::Thread& thread, UserId user) {
  return store::find_following(db, thread, user).value_or(Following{});
}

}  // namespace

Result<MessageThread::Result> read_thread(ReadContext& context, const MessageThread::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  if (params.before && params.after) return params_error("params", "Give one of before and after, or none.");
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  const auto shown = entry->shown();
  MessageThread::Result result;
  if (params.root > shown.after) result.root = store::load_message(context.db, params.room, params.root);
  // A reply is no root.
  if (result.root && result.root->thread)
    if (auto is_root = check_root(context.db, shown, params.root, "params.root"); !is_root)
      return is_root.error();
  auto page = store::load_thread(context.db, shown, params.root, params.before, params.after, *limit);
  if (!result.root && page.messages.empty() && !page.more.before && !page.more.after)
    return not_found("There is no such thread in the room.");
  result.messages = std::move(page.messages);
  result.more = page.more;
  auto all = result.messages;
  if (result.root) all.push_back(*result.root);
  result.users = store::load_authors(context.db, all);
  result.seq = entry->room.seq;
  result.following = as_it_is(context.db, {params.room, params.root}, context.caller().user);
  return result;
}

Result<ThreadList::Result> list_threads(ReadContext& context, const ThreadList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  const UserId user = context.caller().user;
  ThreadList::Result result;
  result.threads =
      store::load_my_threads(context.db, user, params.unread.value_or(false), params.beyond, *limit + 1);
  result.more = trim_page(result.threads, *limit);
  std::vector<Message> roots;
  for (const auto& thread : result.threads)
    if (thread.message) roots.push_back(*thread.message);
  result.users = store::load_authors(context.db, roots);
  result.unread = store::count_unread_threads(context.db, user);
  return result;
}

Result<ThreadFollow::Result> follow_thread(WriteContext& context, const ThreadFollow::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::mark);
  if (!entry) return entry.error();
  const UserId user = context.caller().user;
  const store::Thread thread{params.room, params.root};
  const Following before = as_it_is(context.db(), thread, user);
  if (before.on == params.on) return ThreadFollow::Result{before};
  if (params.on)
    if (auto is_root = check_root(context.db(), entry->shown(), params.root, "params.root"); !is_root)
      return is_root.error();
  const auto root = store::load_message(context.db(), params.room, params.root);
  const TimePoint last_at = root && root->replies ? root->replies->last_at : context.now();
  store::set_following(context.db(), thread, user, params.on, entry->room.seq, last_at);
  const Following now = as_it_is(context.db(), thread, user);
  context.tell_user(user, ThreadFollowed{params.room, params.root, now});
  return ThreadFollow::Result{now};
}

Result<ThreadMarkRead::Result> mark_thread_read(WriteContext& context, const ThreadMarkRead::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::mark);
  if (!entry) return entry.error();
  const UserId user = context.caller().user;
  const store::Thread thread{params.room, params.root};
  const Following before = as_it_is(context.db(), thread, user);
  const Seq read = std::min(params.seq, entry->room.seq);
  const bool moves = params.back.value_or(false) ? read < before.read : read > before.read;
  if (!before.on || !moves) return ThreadMarkRead::Result{before};
  store::update_read(context.db(), thread, user, read);
  const Following now = as_it_is(context.db(), thread, user);
  context.tell_user(user, ThreadFollowed{params.room, params.root, now});
  return ThreadMarkRead::Result{now};
}

}  // namespace wardroom::commands
