#include "server/store/saved.hpp"

#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {

Result<Empty> set_saved(WriteContext& context, const SavedSet::Params& params) {
  const UserId user = context.caller().user;
  if (store::is_saved(context.db(), user, params.room, params.seq) == params.on) return Empty{};
  // What somebody saved they let go of also when they don't see it any more.
  if (!params.on) {
    store::delete_saved(context.db(), user, params.room, params.seq);
  } else {
    const auto entry = enter_room(context, params.room, domain::RoomAct::read);
    if (!entry) return entry.error();
    if (!store::has_message(context.db(), entry->shown(), params.seq))
      return not_found("There is no such message in the room.");
    if (store::count_saved(context.db(), user) >= static_cast<std::int64_t>(kMaxSaved))
      return conflict("too_many_saved", "You have saved 1,000 messages. Let go of some of them first.");
    store::insert_saved(context.db(), user, params.room, params.seq, context.now());
  }
  context.tell_user(user, SavedChanged{params.room, params.seq, params.on});
  return Empty{};
}

Result<SavedList::Result> list_saved(ReadContext& context, const SavedList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  SavedList::Result result;
  result.saved = store::load_saved(context.db, context.caller().user, params.beyond, *limit + 1);
  result.more = trim_page(result.saved, *limit);
  std::vector<Message> messages;
  for (const auto& saved : result.saved) messages.push_back(saved.message);
  result.users = store::load_authors(context.db, messages);
  return result;
}

}  // namespace wardroom::commands
