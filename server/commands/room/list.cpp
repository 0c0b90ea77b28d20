#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

Result<RoomList::Result> list_rooms(ReadContext& context, const Empty&) {
  return RoomList::Result{store::load_my_rooms(context.db, context.caller().user, context.trusted())};
}

Result<RoomBrowse::Result> browse_rooms(ReadContext& context, const RoomBrowse::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  RoomBrowse::Result result;
  result.rooms = store::load_public_rooms(context.db, context.caller().user, params.query.value_or(""),
                                          domain::room_name_key(params.after.value_or("")), *limit + 1);
  result.more = trim_page(result.rooms, *limit);
  return result;
}

Result<RoomMembers::Result> list_members(ReadContext& context, const RoomParams& params) {
  if (const auto entry = enter_room(context, params.room, domain::RoomAct::read); !entry)
    return entry.error();
  return RoomMembers::Result{store::load_members(context.db, params.room, context.trusted())};
}

}  // namespace wardroom::commands
