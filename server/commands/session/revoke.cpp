#include "server/commands/handlers.hpp"
#include "server/store/devices.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

// The device loses its own throttle with its session: it may be in other hands.
void note_end(WriteContext& context, SessionId session) {
  const auto& caller = context.caller();
  store::forget_device_of(context.db(), session);
  audit::Record record = context.call.record(audit::Type::session_revoked);
  record.target = {"session", session.value, caller.name};
  record.reason = "ended by its person";
  context.append(record);
  context.out.push_back(realtime::SessionEnded{session, caller.user, CloseCode::revoked,
                                               "You signed this device out from another one."});
}

}  // namespace

Result<SessionsEnded> revoke_own_sessions(WriteContext& context, const SessionRevoke::Params& params) {
  const auto& caller = context.caller();
  if (!params.session) {
    const auto ended = store::revoke_sessions(context.db(), caller.user, caller.session, context.now());
    for (const SessionId session : ended) note_end(context, session);
    return SessionsEnded{static_cast<std::int64_t>(ended.size())};
  }
  const auto session = store::find_session(context.db(), *params.session, context.trusted());
  if (!session || session->user.id != caller.user)
    return not_found("You have no such session, or it is over.");
  store::revoke_session(context.db(), session->id, context.now());
  note_end(context, session->id);
  return SessionsEnded{1};
}

}  // namespace wardroom::commands
