#include "server/commands/account/current_password.hpp"

#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

Error wrong_password() {
  return Error{ErrorCode::forbidden,
               "The current password is wrong.",
               "wrong_credentials",
               "params.current_password",
               {}};
}

class RefusalJob final : public store::WriteJob {
 public:
  RefusalJob(Services& services, audit::Record record, std::function<void(const Error&)> refuse)
      : services_(services), record_(std::move(record)), refuse_(std::move(refuse)) {}
  Result<void> run(store::WriteTx& tx) override {
    services_.failures.append(tx, record_);
    return ok();
  }
  void finished(const Result<void>& outcome) override {
    refuse_(outcome ? wrong_password() : outcome.error());
  }
  bool is_vital() const override { return true; }

 private:
  Services& services_;
  audit::Record record_;
  std::function<void(const Error&)> refuse_;
};

void record_refusal(Services& services, const Call& call, const PasswordQuestion& question) {
  audit::Record record = call.record(question.record);
  record.outcome = audit::Outcome::denied;
  record.reason = "wrong_credentials";
  services.writer.submit(std::make_unique<RefusalJob>(services, std::move(record), question.refuse));
}

// On a reader thread.
void verify(sqlite::Connection& db, Services& services, const std::shared_ptr<const Call>& call,
            const PasswordQuestion& question) {
  const UserId user = call->caller->user;
  const auto row = store::find_user(db, user);
  if (db.failure()) return question.refuse(*db.failure());
  const auto key = Throttles::person(user);
  const SteadyPoint now = services.clock.steady();
  if (!services.throttles.enter(key, now)) return question.refuse(services.throttles.held_up(key, now));
  credentials::Claim claim{{}, question.password, hash_cost_of(services, call->caller->role)};
  if (row && !row->password.empty())
    if (auto phc = services.seal.open(user, row->password)) claim.phc = std::move(*phc);
  const auto accepted = services.hashing.verify(
      key, std::move(claim),
      [&services, call, key, question](const Result<credentials::Verdict>& verdict) {
        if (!verdict) {
          services.throttles.take_back(key);
          return question.refuse(verdict.error());
        }
        if (!verdict->matches) return record_refusal(services, *call, question);
        services.throttles.forgive(key);
        question.proceed();
      },
      credentials::Lane::known);
  if (accepted) return;
  services.throttles.take_back(key);
  question.refuse(accepted.error());
}

}  // namespace

credentials::HashCost hash_cost_of(const Services& services, protocol::Role role) {
  return role == protocol::Role::admin ? services.settings->admin_cost : services.settings->member_cost;
}

void ask_current_password(LiveContext& context, PasswordQuestion question) {
  Services& services = context.services;
  const auto refuse = question.refuse;
  services.readers.submit([&services, call = context.call, question = std::move(question)](
                              sqlite::Connection& db) { verify(db, services, call, question); },
                          refuse);
}

}  // namespace wardroom::commands
