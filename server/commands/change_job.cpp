#include "server/commands/change_job.hpp"

#include "server/store/sessions.hpp"

namespace wardroom::commands {

Result<void> confirm_caller(sqlite::Connection& db, Call& call, TimePoint now,
                            std::optional<domain::Right> right) {
  const auto session = store::find_session(db, call.caller->session, now);
  if (db.failure()) return *db.failure();
  if (!session) return make_error(ErrorCode::unauthenticated, "Your session is over. Sign in again.");
  call.caller->role = session->user.role;
  return right ? domain::authorize(session->user.role, *right) : ok();
}

}  // namespace wardroom::commands
