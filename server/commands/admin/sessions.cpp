#include "server/store/sessions.hpp"

#include "server/commands/admin/account_access.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/reason.hpp"

namespace wardroom::commands {
namespace {

// One session: nothing happens when it is over already.
Result<SessionsEnded> end_one(WriteContext& context, SessionId id, const std::string& reason) {
  const auto session = store::find_session(context.db(), id, context.trusted());
  if (!session) return not_found("There is no such session, or it is over.");
  store::revoke_session(context.db(), id, context.now());
  audit::Record record = context.call.record(audit::Type::session_revoked);
  record.target = {"session", id.value, session->user.name};
  record.reason = reason;
  context.append(record);
  context.out.push_back(realtime::SessionEnded{id, session->user.id, CloseCode::revoked,
                                               "You were signed out by an administrator."});
  return SessionsEnded{1};
}

}  // namespace

Result<AdminSessionList::Result> list_sessions_of(ReadContext& context,
                                                  const AdminSessionList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  if (params.user && !store::find_user(context.db, *params.user)) return no_such_account();
  AdminSessionList::Result result;
  result.sessions =
      store::load_sessions(context.db, params.user, params.after, *limit + 1, context.trusted());
  result.more = trim_page(result.sessions, *limit);
  for (auto& session : result.sessions) {
    session.connected = context.services.presence.is_connected(session.id);
    session.current = session.id == context.caller().session;
  }
  return result;
}

Result<SessionsEnded> revoke_session_of(WriteContext& context, const AdminSessionRevoke::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  if (params.session.has_value() == params.user.has_value())
    return params_error("params.session", "Name either one session, or a person for all of theirs.");
  if (params.session) return end_one(context, *params.session, *reason);
  const auto row = store::find_user(context.db(), *params.user);
  if (!row) return no_such_account();
  return SessionsEnded{end_sessions(context, *row, *reason, "You were signed out by an administrator.")};
}

}  // namespace wardroom::commands
