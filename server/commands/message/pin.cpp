#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/target.hpp"

namespace wardroom::commands {

Result<MessageChanged> pin_message(WriteContext& context, const MessagePin::Params& params) {
  const auto target = find_target(context, params.room, params.seq, domain::RoomAct::pin);
  if (!target) return target.error();
  if (params.on && target->message.deleted) return forbidden("deleted", "This message was deleted.");
  if (target->message.pinned == params.on) return unchanged(context, *target);
  if (params.on && store::count_pins(context.db(), params.room) >= static_cast<std::int64_t>(kMaxPins))
    return forbidden("too_many_pins", "A room has at most 100 pins. Take one away first.");

  const Seq seq = store::update_pin(context.db(), params.room, params.seq, params.on);
  audit::Record record = message_record(context, audit::Type::message_pinned, *target);
  record.before = {{"pinned", !params.on}};
  record.after = {{"pinned", params.on}};
  context.append(record);
  tell_readers(context, params.room, params.seq,
               MessagePinned{params.room, seq, context.now(), params.seq, context.caller().user, params.on});
  return changed(context, *target, seq);
}

Result<MessagePins::Result> read_pins(ReadContext& context, const MessagePins::Params& params) {
  const auto entry = enter_room(context, params.room, domain::RoomAct::read);
  if (!entry) return entry.error();
  MessagePins::Result result;
  result.messages = store::load_pinned(context.db, entry->shown());
  result.users = store::load_authors(context.db, result.messages);
  return result;
}

}  // namespace wardroom::commands
