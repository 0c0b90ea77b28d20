#include "server/store/sanctions.hpp"

#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"

namespace wardroom::commands {

Result<ModerationSanctions::Result> list_sanctions(ReadContext& context,
                                                   const ModerationSanctions::Params& params) {
  if (params.room) {
    if (const auto entry = enter_room(context, *params.room, domain::RoomAct::see_sanctions); !entry)
      return entry.error();
  } else if (auto allowed = domain::authorize(context.caller().role, domain::Right::moderate_office);
             !allowed) {
    return allowed.error();
  }
  return ModerationSanctions::Result{store::load_sanctions(context.db, params.room, context.trusted())};
}

}  // namespace wardroom::commands
