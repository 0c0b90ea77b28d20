#include "server/commands/change_job.hpp"

#include "protocol/methods/message.hpp"
#include "server/commands/account/duties.hpp"
#include "server/commands/command_table.hpp"
#include "server/commands/denial.hpp"
#include "server/store/posting_cache.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

// What people do all day.
bool is_post(std::string_view method) {
  return method == protocol::MessagePost::kName;
}

struct Present {
  protocol::Role role = protocol::Role::guest;
  realtime::Duties duties;
};

// Nothing: the session is over.
std::optional<Present> find_present(store::WriteTx& tx, const Settings& settings, SessionId id,
                                    std::string_view method) {
  if (is_post(method) && tx.posting) {
    const auto author = tx.posting->find_author(id, tx.trusted);
    if (!author) return std::nullopt;
    return Present{author->role,
                   {author->must_change_password,
                    requires_second_factor(settings, author->role) && !author->has_second_factor}};
  }
  const auto session = store::find_session(tx.db, id, tx.trusted);
  if (!session) return std::nullopt;
  return Present{session->user.role, find_duties(tx.db, settings, session->user.id, session->user.role,
                                                 session->must_change_password)};
}

}  // namespace

Result<void> ConfirmedCall::confirm(store::WriteTx& tx, const Settings& settings, std::string_view method,
                                    std::optional<domain::Right> right) {
  if (!call_->caller) return ok();
  const auto present = find_present(tx, settings, call_->caller->session, method);
  if (tx.db.failure()) return *tx.db.failure();
  if (!present) return make_error(ErrorCode::unauthenticated, "Your session is over. Sign in again.");
  if (call_->caller->role != present->role || call_->caller->duties != present->duties) {
    changed_ = *call_;
    changed_->caller->role = present->role;
    changed_->caller->duties = present->duties;
    call_ = &*changed_;
  }
  if (present->duties.any() && !works_despite_duties(method)) return duty_error(present->duties);
  return right ? domain::authorize(present->role, *right) : ok();
}

Result<void> ChangeJob::run(store::WriteTx& tx) {
  ran_ = true;
  ConfirmedCall call(reply_.call());
  if (auto confirmed = call.confirm(tx, *services_.settings.load(), method_, right_); !confirmed)
    return confirmed;
  WriteContext context{tx, call.get(), services_, out_};
  auto result = work(context);
  if (!result) return result.error();
  result_ = std::move(*result);
  refusal_ = std::move(context.refusal);
  posted_ = context.posted;
  return ok();
}

void ChangeJob::finished(const Result<void>& outcome) {
  const Result<std::string> answer = !outcome   ? Result<std::string>(outcome.error())
                                     : refusal_ ? Result<std::string>(*refusal_)
                                                : Result<std::string>(std::move(result_));
  // Refused or undone before its turn: perhaps not even on the writer thread.
  if (!ran_) return reply_.send(answer);
  if (outcome && posted_) services_.messages.fetch_add(1, std::memory_order_relaxed);
  if (!outcome) record_denial(services_, reply_.call(), method_, outcome.error());
  // The answer first: what is published may close the very connection that asked.
  batch_.add(realtime::ToPeer{reply_.call().peer, reply_.acknowledge(answer)});
  if (outcome) batch_.add(std::move(out_));
}

bool ChangeJob::checks_first() const {
  return is_post(method_);
}

bool ChangeJob::is_vital() const {
  const Command* command = find_command(method_);
  return command && command->is_vital;
}

}  // namespace wardroom::commands
