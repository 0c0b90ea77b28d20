#include "server/commands/file/access.hpp"

#include "server/commands/file/exchange.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {

Result<store::FileRow> find_readable_file(ReadContext& context, const Uuid& id) {
  auto file = store::find_file(context.db, id);
  if (context.db.failure()) return *context.db.failure();
  if (!file || !file->sha256) return unknown_file();
  if (!file->seq) {
    if (file->user != context.caller().user) return unknown_file();
    return std::move(*file);
  }
  const auto entry = enter_room(context, file->room, domain::RoomAct::read);
  if (!entry || *file->seq <= entry->standing.shown_after) return unknown_file();
  const auto message = store::find_message(context.db, file->room, *file->seq);
  if (context.db.failure()) return *context.db.failure();
  if (!message || message->deleted) return unknown_file();
  return std::move(*file);
}

}  // namespace wardroom::commands
