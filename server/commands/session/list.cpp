#include "server/commands/handlers.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMost = 500;  // more than anybody has; a script that never signs out fills it

}  // namespace

Result<SessionList::Result> list_sessions(ReadContext& context, const Empty&) {
  const auto& caller = context.caller();
  SessionList::Result result{
      store::load_sessions(context.db, caller.user, std::nullopt, kMost, context.trusted())};
  for (auto& session : result.sessions) {
    session.connected = context.services.presence.is_connected(session.id);
    session.current = session.id == caller.session;
  }
  return result;
}

}  // namespace wardroom::commands
