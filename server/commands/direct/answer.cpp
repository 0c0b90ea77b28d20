#include "server/commands/direct/change.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

struct Conversation {
  Entry entry;
  store::DirectRow row;
};

Result<Conversation> enter_direct(WriteContext& context, RoomId room, domain::RoomAct act) {
  auto entry = enter_room(context, room, act);
  if (!entry) return entry.error();
  const auto row = store::find_direct(context.db(), room);
  if (!row) return not_found("There is no such conversation.");
  return Conversation{std::move(*entry), *row};
}

// The room ends; a request that ends so can't be repeated at once by who made it.
void end(WriteContext& context, const Conversation& conversation, bool declined) {
  store::DirectRow next = conversation.row;
  next.state = DirectState::ended;
  next.declined_at = declined ? std::optional(context.trusted()) : std::nullopt;
  change_direct(context, conversation.entry.room, next, declined ? "declined" : "ended");
}

bool is_requester(WriteContext& context, const Conversation& conversation) {
  return conversation.row.requested_by == context.caller().user;
}

}  // namespace

// Who has accepted may say so again: it opens a room that waited only for somebody who has been disabled
// since.
Result<RoomResult> accept_direct(WriteContext& context, const RoomParams& params) {
  const auto conversation = enter_direct(context, params.room, domain::RoomAct::answer);
  if (!conversation) return conversation.error();
  const auto& [entry, row] = *conversation;
  if (row.state == DirectState::ended)
    return forbidden("direct_ended", "This conversation was ended. Open it again to go on.");
  if (row.state == DirectState::requested) {
    const bool is_news = !entry.standing.accepted;
    if (is_news) store::accept_direct(context.db(), params.room, context.caller().user);
    store::DirectRow next = row;
    if (store::is_accepted(context.db(), params.room, row.requested_by.value_or(UserId{})))
      next.state = DirectState::open;
    if (is_news || next.state != row.state) change_direct(context, entry.room, next, "accepted");
  }
  return show_room(context, params.room);
}

Result<Empty> decline_direct(WriteContext& context, const RoomParams& params) {
  const auto conversation = enter_direct(context, params.room, domain::RoomAct::answer);
  if (!conversation) return conversation.error();
  switch (conversation->row.state) {
    case DirectState::ended:
      return Empty{};
    case DirectState::open:
      return conflict("not_requested", "This conversation is open already. You can end it.");
    case DirectState::requested:
      break;
  }
  if (is_requester(context, *conversation))
    return conflict("not_requested", "You asked for this conversation yourself. You can end it.");
  end(context, *conversation, true);
  return Empty{};
}

Result<Empty> end_direct(WriteContext& context, const RoomParams& params) {
  const auto conversation = enter_direct(context, params.room, domain::RoomAct::end);
  if (!conversation) return conversation.error();
  if (conversation->row.state == DirectState::ended) return Empty{};
  // Ending what one was asked for says no, by whatever button.
  const bool declined =
      conversation->row.state == DirectState::requested && !is_requester(context, *conversation);
  end(context, *conversation, declined);
  return Empty{};
}

}  // namespace wardroom::commands
