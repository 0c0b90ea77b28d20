#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {
namespace {

// In a room with slow mode, whoever doesn't moderate it waits after each of their messages. What counts is on
// disk, so a restart forgets nothing.
Result<void> check_slow_mode(WriteContext& context, const Entry& entry) {
  if (entry.room.slow_mode_s == 0 || entry.is_moderator()) return ok();
  const auto last = store::find_last_post(context.db(), entry.room.id, context.caller().user);
  if (!last) return ok();
  const auto wait = *last + std::chrono::seconds{entry.room.slow_mode_s} - context.now();
  // Longer than the room's own: the message was stamped by a clock that was ahead.
  if (wait <= wait.zero() || *last > context.now()) return ok();
  return Error{ErrorCode::rate_limited,
               "This room is in slow mode: one message every " + std::to_string(entry.room.slow_mode_s) +
                   " s. You can write again in " +
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()) + " s.",
               "slow_mode",
               {},
               wait};
}

}  // namespace

Result<MessagePost::Result> post_message(WriteContext& context, const MessagePost::Params& params) {
  const auto client_id = parse_uuid(params.client_id);
  if (!client_id)
    return params_error("params.client_id", "params.client_id must be a UUID, best of version 7.");
  auto text = domain::check_message_text("params.text", params.text);
  if (!text) return text.error();

  const UserId author = context.caller().user;
  // Before anything that may refuse: who lost the answer must get the same answer.
  if (const auto known = store::find_by_client_id(context.db(), author, *client_id)) {
    if (known->room == params.room && (known->erased || known->text == *text))
      return MessagePost::Result{known->seq, known->at};
    return conflict("client_id_reused", "This client_id was used for another message. Make a new one.");
  }
  if (auto slow = context.services.message_rates.charge(context.services.settings->message_rate, author,
                                                        context.services.clock.steady());
      !slow)
    return slow.error();
  const auto entry = enter_to_post(context, params.room);
  if (!entry) return entry.error();
  if (auto waited = check_slow_mode(context, *entry); !waited) return waited.error();
  if (params.reply_to && !store::has_message(context.db(), entry->shown(), *params.reply_to))
    return params_error("params.reply_to", "There is no message with this seq in the room.");

  const auto stored = store::insert_message(
      context.db(), {params.room, author, *client_id, context.now(), *text, params.reply_to});
  context.tx.commitments.push_back({stored.commitment, params.room, author});
  context.posted = true;
  const MessagePosted posted{params.room,           stored.seq,       stored.at,      author,
                             to_string(*client_id), std::move(*text), params.reply_to};
  context.tell_room(params.room, posted);
  follow_mentions(context, {params.room, stored.seq, author, {}, posted.text});
  return MessagePost::Result{stored.seq, stored.at};
}

}  // namespace wardroom::commands
