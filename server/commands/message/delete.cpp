#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/target.hpp"
#include "server/commands/message/thread_replies.hpp"
#include "server/commands/reason.hpp"
#include "server/store/message_versions.hpp"

namespace wardroom::commands {

// The author needs no reason, a moderator does, and the one who wrote the message must not outrank them.
Result<MessageChanged> delete_message(WriteContext& context, const MessageDelete::Params& params) {
  const auto target = find_own_or_any(context, params.room, params.seq, domain::RoomAct::delete_own,
                                      domain::RoomAct::delete_any);
  if (!target) return target.error();
  if (!target->is_own)
    if (auto allowed = authorize_against_author(context, *target); !allowed) return allowed.error();
  const auto reason =
      target->is_own ? check_optional_reason(params.reason) : check_reason(params.reason.value_or(""));
  if (!reason) return reason.error();
  if (target->message.deleted) return unchanged(context, *target);

  const UserId caller = context.caller().user;
  const auto stored =
      store::insert_version(context.db(), params.room, target->message,
                            {MessageVersion::Act::deleted, caller, context.now(), {}, *reason});
  context.tx.commitments.push_back({stored.commitment, params.room, target->message.author});
  audit::Record record = message_record(context, audit::Type::message_deleted, *target);
  record.reason = *reason;
  record.after = {{"version", stored.version}};
  context.append(record);
  tell_readers(context, params.room, params.seq,
               MessageDeleted{params.room, stored.seq, context.now(), params.seq, caller,
                              reason->empty() ? std::nullopt : std::optional(*reason)});
  take_reply(context, params.room, target->message, stored.seq);
  follow_mentions(context, {params.room, params.seq, target->message.author, target->message.text, {}});
  return changed(context, *target, stored.seq);
}

}  // namespace wardroom::commands
