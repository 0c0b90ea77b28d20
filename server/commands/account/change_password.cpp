#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/credentials/password_rules.hpp"
#include "server/store/sessions.hpp"
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

Result<Empty> store_password(WriteContext& context, const std::string& phc) {
  const auto& caller = context.caller();
  store::update_password(context.db(), caller.user, context.services.seal.seal(caller.user, phc), false);
  context.append(context.call.record(audit::Type::password_changed));
  for (const SessionId ended :
       store::revoke_sessions(context.db(), caller.user, caller.session, context.now())) {
    audit::Record record = context.call.record(audit::Type::session_revoked);
    record.target = {"session", ended.value, {}};
    record.reason = "password changed";
    context.append(record);
    context.out.push_back(realtime::SessionEnded{ended, caller.user, CloseCode::revoked});
  }
  return Empty{};
}

// On a hashing thread, after the current password was verified.
void hash_new(Services& services, GroupBatch& batch, const Reply<AccountChangePassword>& reply,
              const Secret& password, credentials::HashCost cost) {
  const auto accepted = services.hashing.hash(
      reply.call().source.ip, password, cost, [&services, &batch, reply](Result<std::string> phc) {
        if (!phc) return reply(phc.error());
        submit_change<AccountChangePassword>(
            services, batch, reply, std::nullopt,
            [phc = std::move(*phc)](WriteContext& context) { return store_password(context, phc); });
      });
  if (!accepted) reply(accepted.error());
}

void record_refusal(Services& services, const Reply<AccountChangePassword>& reply) {
  class RefusalJob final : public store::WriteJob {
   public:
    RefusalJob(Services& s, Reply<AccountChangePassword> r) : services_(s), reply_(std::move(r)) {}
    Result<void> run(store::WriteTx& tx) override {
      audit::Record record = reply_.call().record(audit::Type::password_changed);
      record.outcome = audit::Outcome::denied;
      record.reason = "wrong_credentials";
      services_.failures.append(tx, record);
      return ok();
    }
    void finished(const Result<void>& outcome) noexcept override {
      reply_(outcome ? wrong_password() : outcome.error());
    }

   private:
    Services& services_;
    Reply<AccountChangePassword> reply_;
  };
  services.writer.submit(std::make_unique<RefusalJob>(services, reply));
}

}  // namespace

void change_password(LiveContext& context, AccountChangePassword::Params params,
                     Reply<AccountChangePassword> reply) {
  const auto& caller = context.caller();
  if (auto strong = credentials::check_new_password(params.new_password,
                                                    {caller.name, {}, context.services.settings.office_name});
      !strong) {
    Error error = strong.error();
    error.field = "params.new_password";
    error.reason = "weak_password";
    return reply(error);
  }
  Services& services = context.services;
  const auto cost = caller.role == Role::admin ? services.settings.admin_cost : services.settings.member_cost;
  const bool queued =
      services.readers.submit([&services, &batch = context.batch, reply, params = std::move(params), cost,
                               user = caller.user](sqlite::Connection& db) {
        credentials::Claim claim{{}, params.current_password, cost};
        if (const auto row = store::find_user(db, user); row && !row->password.empty())
          if (auto phc = services.seal.open(user, row->password)) claim.phc = std::move(*phc);
        const auto accepted =
            services.hashing.verify(reply.call().source.ip, std::move(claim),
                                    [&services, &batch, reply, params, cost](credentials::Verdict verdict) {
                                      if (!verdict.matches) return record_refusal(services, reply);
                                      hash_new(services, batch, reply, params.new_password, cost);
                                    });
        if (!accepted) reply(accepted.error());
      });
  if (!queued) reply(unavailable("The server is busy. Try again in a moment.", std::chrono::seconds{1}));
}

}  // namespace wardroom::commands
