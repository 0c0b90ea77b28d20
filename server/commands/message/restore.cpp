#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/target.hpp"
#include "server/commands/message/thread_replies.hpp"
#include "server/commands/reason.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// What was deleted by whom decides who may bring it back: nobody undoes an author's own decision, and an
// author doesn't undo a moderator's. A room's moderator doesn't undo what a moderator of the office did.
Result<void> authorize_restore(WriteContext& context, const Target& target) {
  const auto& message = target.message;
  if (message.deleted_by == message.author) {
    if (target.is_own) return ok();
    return forbidden("not_author", "Its author deleted this message; only they can bring it back.");
  }
  if (target.is_own)
    return forbidden("not_author", "A moderator deleted this message; another one can bring it back.");
  if (auto allowed = authorize_against_author(context, target); !allowed) return allowed;
  const auto deleter = store::find_user(context.db(), message.deleted_by.value_or(UserId{}));
  const bool by_office = deleter && domain::has_right(deleter->account.role, domain::Right::moderate_office);
  if (by_office && !domain::has_right(context.caller().role, domain::Right::moderate_office))
    return forbidden("outranked", "A moderator of the office deleted this message.");
  return ok();
}

}  // namespace

Result<MessageChanged> restore_message(WriteContext& context, const MessageRestore::Params& params) {
  const auto target = find_own_or_any(context, params.room, params.seq, domain::RoomAct::delete_own,
                                      domain::RoomAct::delete_any);
  if (!target) return target.error();
  if (!target->message.deleted) return conflict("not_deleted", "This message isn't deleted.");
  if (target->message.erased) return forbidden("erased", "The texts of this message were erased for good.");
  if (auto allowed = authorize_restore(context, *target); !allowed) return allowed.error();
  const auto reason =
      target->is_own ? check_optional_reason(params.reason) : check_reason(params.reason.value_or(""));
  if (!reason) return reason.error();
  if (target->is_own && target->message.version >= static_cast<std::int64_t>(kMaxVersions))
    return forbidden("too_many_edits", "This message was changed too often. Write a new one.");

  const UserId caller = context.caller().user;
  const std::string text = store::load_last_text(context.db(), params.room, params.seq);
  const auto stored =
      store::insert_version(context.db(), params.room, target->message,
                            {MessageVersion::Act::restored, caller, context.now(), text, *reason});
  context.tx.commitments.push_back({stored.commitment, params.room, target->message.author});
  audit::Record record = message_record(context, audit::Type::message_restored, *target);
  record.reason = *reason;
  record.after = {{"version", stored.version}};
  context.append(record);
  if (auto message = store::load_message(context.db(), params.room, params.seq))
    tell_readers(context, params.room, params.seq,
                 MessageRestored{params.room, stored.seq, context.now(), std::move(*message), caller});
  give_reply_back(context, params.room, target->message, stored.seq);
  follow_mentions(context, {params.room, params.seq, target->message.author, {}, text});
  return changed(context, *target, stored.seq);
}

}  // namespace wardroom::commands
