#include "common/base/log.hpp"
#include "protocol/limits.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/sign_in.hpp"
#include "server/domain/names.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// One refusal for an unknown name, a wrong password and a disabled account: the same words, after the same
// work.
Error wrong_credentials() {
  return make_error(ErrorCode::unauthenticated, "The name or the password is wrong.", "wrong_credentials");
}

struct SignIn {
  std::string name;
  protocol::Device device;
};

Result<SignedIn> admit(WriteContext& context, const SignIn& attempt, UserId id,
                       const std::optional<std::string>& rehashed) {
  const auto row = store::find_user(context.db(), id);
  if (!row || row->account.disabled) return wrong_credentials();
  if (rehashed)
    store::update_password(context.db(), id, context.services.seal.seal(id, *rehashed), row->must_change);
  audit::Record record = context.call.record(audit::Type::login_ok);
  record.actor = {audit::Actor::Kind::user, id, row->account.name, std::string(enum_name(row->account.role))};
  record.client = attempt.device.client;
  context.append(record);
  return start_session(context, row->user(), row->must_change, attempt.device);
}

// Records a refused attempt; the person hears of it when the record is durable.
class RefusalJob final : public store::WriteJob {
 public:
  RefusalJob(Services& services, Reply<SessionOpen> reply, SignIn attempt)
      : services_(services), reply_(std::move(reply)), attempt_(std::move(attempt)) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::Record record = reply_.call().record(audit::Type::login_fail);
    record.outcome = audit::Outcome::failure;
    record.reason = "wrong_credentials";
    record.target = {"user", 0, attempt_.name};
    record.client = attempt_.device.client;
    services_.failures.append(tx, record);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override {
    reply_(outcome ? wrong_credentials() : outcome.error());
  }

 private:
  Services& services_;
  Reply<SessionOpen> reply_;
  SignIn attempt_;
};

// On a hashing thread.
void decide(Services& services, GroupBatch& batch, Reply<SessionOpen> reply, SignIn attempt, UserId user,
            credentials::Verdict verdict) {
  if (!verdict.matches) {
    services.writer.submit(std::make_unique<RefusalJob>(services, std::move(reply), std::move(attempt)));
    return;
  }
  submit_change<SessionOpen>(services, batch, std::move(reply), std::nullopt,
                             [attempt = std::move(attempt), user, rehashed = std::move(verdict.rehashed)](
                                 WriteContext& context) { return admit(context, attempt, user, rehashed); });
}

// On a reader thread: what is to be verified. Empty for nobody, and then the same work is done for nothing.
credentials::Claim load_claim(sqlite::Connection& db, Services& services, const std::string& name,
                              Secret password, UserId& user) {
  credentials::Claim claim{{}, std::move(password), services.settings.member_cost};
  const auto row = store::find_user(db, name);
  if (!row || row->account.disabled || row->password.empty()) return claim;
  auto phc = services.seal.open(row->account.id, row->password);
  if (!phc) {
    spdlog::error("credentials.seal_broken user={}", row->account.id.value);
    return claim;
  }
  user = row->account.id;
  claim.phc = std::move(*phc);
  if (row->account.role == Role::admin) claim.wanted = services.settings.admin_cost;
  return claim;
}

}  // namespace

void open_session(LiveContext& context, SessionOpen::Params params, Reply<SessionOpen> reply) {
  auto device = check_device(params.device);
  if (!device) return reply(device.error());
  if (params.password.size() > kMaxPasswordBytes)
    return reply(params_error("params.password", "A password has at most 1,024 bytes."));
  auto name = domain::check_user_name("params.user", params.user);
  // A name that can't exist is treated as one that doesn't.
  SignIn attempt{name ? *name : std::string("?"), std::move(*device)};

  Services& services = context.services;
  const bool queued =
      services.readers.submit([&services, &batch = context.batch, reply, attempt,
                               password = std::move(params.password)](sqlite::Connection& db) {
        UserId user;
        auto claim = load_claim(db, services, attempt.name, password, user);
        const auto accepted =
            services.hashing.verify(reply.call().source.ip, std::move(claim),
                                    [&services, &batch, reply, attempt, user](credentials::Verdict verdict) {
                                      decide(services, batch, reply, attempt, user, std::move(verdict));
                                    });
        if (!accepted) reply(accepted.error());
      });
  if (!queued) reply(unavailable("The server is busy. Try again in a moment.", std::chrono::seconds{1}));
}

}  // namespace wardroom::commands
