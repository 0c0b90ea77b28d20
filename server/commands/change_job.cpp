#include "server/commands/change_job.hpp"

#include "server/commands/account/duties.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {

Result<void> confirm_caller(sqlite::Connection& db, const Settings& settings, Call& call, TimePoint now,
                            std::string_view method, std::optional<domain::Right> right) {
  const auto session = store::find_session(db, call.caller->session, now);
  if (db.failure()) return *db.failure();
  if (!session) return make_error(ErrorCode::unauthenticated, "Your session is over. Sign in again.");
  call.caller->role = session->user.role;
  call.caller->duties =
      find_duties(db, settings, session->user.id, session->user.role, session->must_change_password);
  if (call.caller->duties.any() && !answers_in_spite_of_duties(method))
    return duty_error(call.caller->duties);
  return right ? domain::authorize(session->user.role, *right) : ok();
}

}  // namespace wardroom::commands
