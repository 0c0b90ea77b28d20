#include "server/commands/handlers.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {

Result<Empty> close_session(WriteContext& context, const Empty&) {
  const auto& caller = context.caller();
  store::revoke_session(context.db(), caller.session, context.now());
  context.append(context.call.record(audit::Type::logout));
  context.out.push_back(realtime::SessionEnded{caller.session, caller.user, protocol::CloseCode::signed_out});
  return Empty{};
}

}  // namespace wardroom::commands
