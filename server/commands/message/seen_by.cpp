#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

// By the members' markers, which clients move as far as was on the screen, and which their people move back.
Result<MessageSeenBy::Result> read_seen_by(ReadContext& context, const MessageSeenBy::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  if (!context.services.settings.load()->seen_by)
    return forbidden("seen_by_off", "This office doesn't show who has read a message.");
  const auto message = params.seq > entry->standing.shown_after
                           ? store::find_message(context.db, params.room, params.seq)
                           : std::nullopt;
  if (!message) return not_found("There is no such message in the room.");
  const auto members = store::load_members(context.db, params.room, context.trusted());
  if (members.size() > kMaxSeenBy)
    return forbidden("room_too_large", "Who has read a message is shown in rooms of 30 people at most.");
  MessageSeenBy::Result result;
  for (const auto& member : members) {
    if (member.user.id == message->author) continue;
    const auto row = store::find_member(context.db, params.room, member.user.id);
    if (row && row->marker.seq >= params.seq && row->shown_after < params.seq)
      result.users.push_back(member.user);
  }
  return result;
}

}  // namespace wardroom::commands
