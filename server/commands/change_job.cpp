#include "server/commands/change_job.hpp"

#include "server/commands/account/duties.hpp"
#include "server/commands/command_table.hpp"
#include "server/commands/denial.hpp"
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
  if (call.caller->duties.any() && !works_despite_duties(method)) return duty_error(call.caller->duties);
  return right ? domain::authorize(session->user.role, *right) : ok();
}

Result<void> ChangeJob::run(store::WriteTx& tx) {
  ran_ = true;
  Call call = reply_.call();
  if (call.caller)
    if (auto confirmed = confirm_caller(tx.db, *services_.settings.load(), call, tx.trusted, method_, right_);
        !confirmed)
      return confirmed;
  WriteContext context{tx, call, services_, out_};
  auto result = work(context);
  if (!result) return result.error();
  result_ = std::move(*result);
  refusal_ = std::move(context.refusal);
  return ok();
}

void ChangeJob::finished(const Result<void>& outcome) {
  const Result<std::string> answer = !outcome   ? Result<std::string>(outcome.error())
                                     : refusal_ ? Result<std::string>(*refusal_)
                                                : Result<std::string>(std::move(result_));
  // Refused or undone before its turn: perhaps not even on the writer thread.
  if (!ran_) return reply_.send(answer);
  if (!outcome) record_denial(services_, reply_.call(), method_, outcome.error());
  // The answer first: what is published may close the very connection that asked.
  batch_.add(realtime::ToPeer{reply_.call().peer, reply_.acknowledge(answer)});
  if (outcome) batch_.add(std::move(out_));
}

// What people do all day.
bool ChangeJob::checks_first() const {
  return method_ == "message.post";
}

bool ChangeJob::is_vital() const {
  const Command* command = find_command(method_);
  return command && command->is_vital;
}

}  // namespace wardroom::commands
