#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/target.hpp"
#include "server/domain/names.hpp"
#include "server/store/message_versions.hpp"

namespace wardroom::commands {

Result<MessageChanged> edit_message(WriteContext& context, const MessageEdit::Params& params) {
  const auto text = domain::check_message_text("params.text", params.text);
  if (!text) return text.error();
  const UserId caller = context.caller().user;
  if (auto slow = context.services.message_rates.charge(context.services.settings->message_rate, caller,
                                                        context.services.clock.steady());
      !slow)
    return slow.error();
  const auto target = find_target(context, params.room, params.seq, domain::RoomAct::edit);
  if (!target) return target.error();
  if (!target->is_own) return forbidden("not_author", "Only its author edits a message.");
  const auto& message = target->message;
  if (message.deleted) return forbidden("deleted", "This message was deleted.");
  if (message.text == *text) return unchanged(context, *target);
  if (message.version >= static_cast<std::int64_t>(kMaxVersions))
    return forbidden("too_many_edits", "This message was changed too often. Write a new one.");

  const auto stored = store::insert_version(context.db(), params.room, message,
                                            {MessageVersion::Act::edited, caller, context.now(), *text, {}});
  context.tx.commitments.push_back({stored.commitment, params.room, message.author});
  tell_readers(context, params.room, params.seq,
               MessageEdited{params.room, stored.seq, context.now(), params.seq, caller, *text});
  follow_mentions(context, {params.room, params.seq, caller, message.text, *text});
  return changed(context, *target, stored.seq);
}

}  // namespace wardroom::commands
