#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"
#include "server/store/retention.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

Seq number_of(const Message& message) {
  return message.changed.value_or(message.seq);
}

// Takes off the surplus row. A reply and the root that it changed bear one number: a page has both, or
// neither, so that whoever goes on from that number misses none. A page of one message is then one of two.
bool trim_changes(std::vector<Message>& messages, std::size_t limit) {
  if (messages.size() <= limit) return false;
  std::size_t kept = limit;
  if (number_of(messages[limit]) == number_of(messages[limit - 1])) kept = limit > 1 ? limit - 1 : limit + 1;
  messages.resize(kept);
  return true;
}

}  // namespace

Result<MessageHistory::Result> read_history(ReadContext& context, const MessageHistory::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  if (params.before.has_value() + params.after.has_value() + params.around.has_value() +
          params.at.has_value() >
      1)
    return params_error("params", "Give one of before, after, around and at, or none.");
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  const auto first = params.at ? store::find_at(context.db, entry->shown(), *params.at) : std::nullopt;
  const auto around = first ? first : params.around;
  store::Page page = params.before  ? store::load_before(context.db, entry->shown(), *params.before, *limit)
                     : params.after ? store::load_after(context.db, entry->shown(), *params.after, *limit)
                     : around       ? store::load_around(context.db, entry->shown(), *around, *limit)
                                    : store::load_newest(context.db, entry->shown(), *limit);
  auto users = store::load_authors(context.db, page.messages);
  return MessageHistory::Result{std::move(page.messages), page.more, std::move(users), entry->room.seq,
                                first};
}

Result<MessageChanges::Result> read_changes(ReadContext& context, const MessageChanges::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  MessageChanges::Result result;
  result.messages = store::load_changes(context.db, entry->shown(), params.since, *limit + 1);
  result.more = trim_changes(result.messages, static_cast<std::size_t>(*limit));
  result.seq = entry->room.seq;
  result.trimmed = store::find_trim(context.db, params.room, params.since);
  if (result.more) result.seq = number_of(result.messages.back());
  result.users = store::load_authors(context.db, result.messages);
  return result;
}

Result<Empty> set_marker(WriteContext& context, const MarkerSet::Params& params) {
  const UserId user = context.caller().user;
  const auto entry = enter_room(context, params.room, domain::RoomAct::mark);
  if (!entry) return entry.error();
  const bool back = params.back.value_or(false);
  if (const auto marker = back ? store::move_marker_back(context.db(), params.room, user, params.seq)
                               : store::move_marker(context.db(), params.room, user, params.seq)) {
    const bool all_read = marker->seq == entry->room.seq;
    const auto mentions = all_read ? 0 : recount_mentions(context, params.room, user, marker->seq);
    context.tell_user(user,
                      MarkerMoved{params.room, *marker, mentions, back ? std::optional(true) : std::nullopt});
  }
  return Empty{};
}

}  // namespace wardroom::commands
