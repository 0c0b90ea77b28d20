#include "common/base/utf8.hpp"
#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/drafts.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxOriginBytes = 64;

// A draft is kept as it was typed, blanks and all: only what would be refused as a message's size is.
Result<void> check_draft(const DraftSet::Params& params) {
  if (params.text.size() > kMaxTextBytes)
    return params_error("params.text", "params.text must have 16,384 bytes or fewer.");
  if (params.origin && params.origin->size() > kMaxOriginBytes)
    return params_error("params.origin", "params.origin must have 64 bytes or fewer.");
  return ok();
}

}  // namespace

Result<DraftSet::Result> set_draft(WriteContext& context, const DraftSet::Params& params) {
  if (auto good = check_draft(params); !good) return good.error();
  const UserId user = context.caller().user;
  const Draft draft{params.room, params.thread, params.text, params.reply_to, context.now()};
  if (draft.text.empty()) {
    // Also of a room that the person is in no more.
    if (!store::delete_draft(context.db(), user, draft.room, draft.thread))
      return DraftSet::Result{context.now()};
  } else {
    if (const auto entry = enter_room(context, draft.room, domain::RoomAct::read); !entry)
      return entry.error();
    if (!store::has_draft(context.db(), user, draft.room, draft.thread) &&
        store::count_drafts(context.db(), user) >= static_cast<std::int64_t>(kMaxDrafts))
      return conflict("too_many_drafts", "You have 100 drafts. Send or discard some of them first.");
    store::store_draft(context.db(), user, draft);
  }
  context.tell_user(user, DraftChanged{draft, params.origin});
  return DraftSet::Result{draft.at};
}

Result<DraftList::Result> list_drafts(ReadContext& context, const Empty&) {
  return DraftList::Result{store::load_drafts(context.db, context.caller().user)};
}

}  // namespace wardroom::commands
