#include "common/base/log.hpp"
#include "protocol/limits.hpp"
#include "server/commands/account/second_factor_check.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/sign_in.hpp"
#include "server/domain/names.hpp"
#include "server/domain/network.hpp"
#include "server/store/devices.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// One refusal for an unknown name, a wrong password, a disabled account and a name that is held up: the same
// words, after the same work, at the same time.
Error wrong_credentials() {
  return make_error(ErrorCode::unauthenticated,
                    "The name or the password is wrong. After several wrong attempts, wait a few minutes.",
                    "wrong_credentials");
}

struct Attempt {
  std::string name;
  Device device;
  std::optional<Secret> code;
  credentials::RefusalTimer::Clock::time_point arrived;
  Throttles::Key key;  // whom it is counted for
  bool from_known_device = false;
  bool held_up = false;
  UserId user;  // whose password is verified; nobody's: the same work is done for nothing
};

// Within the transaction that lets the person in.
Result<SignedIn> admit(WriteContext& context, const Attempt& attempt,
                       const std::optional<std::string>& rehashed) {
  Services& services = context.services;
  const auto row = store::find_user(context.db(), attempt.user);
  if (!row || row->account.disabled) return wrong_credentials();
  auto passed =
      pass_second_factor(context, {attempt.user, row->account.name, row->account.role}, attempt.code);
  if (context.db().failure()) {
    services.throttles.take_back(attempt.key);
    return *context.db().failure();
  }
  if (!passed) {
    if (passed.error().reason == "wrong_second_factor")
      services.throttles.strike_source(context.call.source, services.clock.steady());
    else
      services.throttles.take_back(attempt.key);
    return refuse_code<SignedIn>(context, passed.error());
  }
  if (rehashed)
    store::update_password(context.db(), attempt.user, services.seal.seal(attempt.user, *rehashed),
                           row->must_change);
  audit::Record record = context.call.record(audit::Type::login_ok);
  record.actor = {audit::Actor::Kind::user, attempt.user, row->account.name,
                  std::string(enum_name(row->account.role))};
  record.client = attempt.device.client;
  context.append(record);
  services.throttles.forgive(attempt.key);
  return start_session(context, row->user(), row->must_change, attempt.device);
}

// Records a refused attempt; the person hears of it when the record is durable and its time has come.
class RefusalJob final : public store::WriteJob {
 public:
  RefusalJob(Services& services, Reply<SessionOpen> reply, Attempt attempt)
      : services_(services), reply_(std::move(reply)), attempt_(std::move(attempt)) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::Record record = reply_.call().record(audit::Type::login_fail);
    record.outcome = audit::Outcome::failure;
    record.reason = attempt_.held_up ? "held_up" : "wrong_credentials";
    record.target = {"user", 0, attempt_.name};
    record.client = attempt_.device.client;
    services_.failures.append(tx, record);
    return ok();
  }
  bool is_vital() const override { return true; }
  void finished(const Result<void>& outcome) override {
    services_.refusals.hold(
        attempt_.arrived,
        [reply = reply_, error = outcome ? wrong_credentials() : outcome.error()] { reply(error); });
  }

 private:
  Services& services_;
  Reply<SessionOpen> reply_;
  Attempt attempt_;
};

// On a hashing thread.
void decide(Services& services, GroupBatch& batch, Reply<SessionOpen> reply, Attempt attempt,
            Result<credentials::Verdict> judged) {
  if (!judged) {
    if (!attempt.held_up) services.throttles.take_back(attempt.key);
    return reply(judged.error());
  }
  credentials::Verdict verdict = std::move(*judged);
  if (!verdict.matches) {
    // A device that is known is held up for itself, not for everybody who shares its address.
    if (!attempt.from_known_device)
      services.throttles.strike_source(reply.call().source, services.clock.steady());
    services.writer.submit(std::make_unique<RefusalJob>(services, std::move(reply), std::move(attempt)));
    return;
  }
  submit_change<SessionOpen>(services, batch, std::move(reply), std::nullopt,
                             [attempt = std::move(attempt), rehashed = std::move(verdict.rehashed)](
                                 WriteContext& context) { return admit(context, attempt, rehashed); });
}

// On a reader thread: what is to be verified, and for whom the attempt is counted. `rate_limited` when the
// network guessed too often.
Result<credentials::Claim> load_claim(sqlite::Connection& db, Services& services,
                                      const realtime::Source& source, Attempt& attempt, Secret password) {
  const auto row = store::find_user(db, attempt.name);
  const auto device = device_digest(attempt.device);
  attempt.from_known_device = row && device && store::is_known_device(db, row->account.id, *device);
  // Whom the database couldn't name isn't unknown: nobody is told that they guessed wrong.
  if (db.failure()) return *db.failure();
  const SteadyPoint now = services.clock.steady();
  if (!attempt.from_known_device)
    if (auto allowed = services.throttles.check_source(source, now); !allowed) return allowed.error();
  attempt.key =
      attempt.from_known_device ? Throttles::device(row->account.id, *device) : Throttles::name(attempt.name);
  attempt.held_up = !services.throttles.enter(attempt.key, now);

  credentials::Claim claim{{}, std::move(password), services.settings->member_cost};
  if (attempt.held_up || !row || row->account.disabled || row->password.empty()) return claim;
  auto phc = services.seal.open(row->account.id, row->password);
  if (!phc) {
    spdlog::error("credentials.seal_broken user={}", row->account.id.value);
    return claim;
  }
  attempt.user = row->account.id;
  claim.phc = std::move(*phc);
  if (row->account.role == Role::admin) claim.wanted = services.settings->admin_cost;
  return claim;
}

// On a reader thread.
void verify(sqlite::Connection& db, Services& services, GroupBatch& batch, const Reply<SessionOpen>& reply,
            Attempt attempt, Secret password) {
  auto claim = load_claim(db, services, reply.call().source, attempt, std::move(password));
  if (!claim) return reply(claim.error());
  const bool is_known = attempt.from_known_device;
  const auto accepted = services.hashing.verify(
      is_known ? attempt.key : domain::network_of(reply.call().source.ip), std::move(*claim),
      [&services, &batch, reply, attempt](Result<credentials::Verdict> verdict) {
        decide(services, batch, reply, attempt, std::move(verdict));
      },
      is_known ? credentials::Lane::known : credentials::Lane::newcomer);
  if (accepted) return;
  if (!attempt.held_up) services.throttles.take_back(attempt.key);
  reply(accepted.error());
}

}  // namespace

void open_session(LiveContext& context, SessionOpen::Params params, Reply<SessionOpen> reply) {
  auto device = check_device(params.device);
  if (!device) return reply(device.error());
  if (params.password.size() > kMaxPasswordBytes)
    return reply(params_error("params.password", "A password has at most 1,024 bytes."));
  Services& services = context.services;
  // Whoever brings no key is no known device: a network that is held up costs nothing more than this.
  if (!device->key)
    if (auto allowed = services.throttles.check_source(reply.call().source, services.clock.steady());
        !allowed)
      return reply(allowed.error());
  auto name = domain::check_user_name("params.user", params.user);
  // A name that can't exist is treated as one that doesn't.
  Attempt attempt{.name = name ? *name : std::string("?"),
                  .device = std::move(*device),
                  .code = std::move(params.code),
                  .arrived = credentials::RefusalTimer::Clock::now()};
  services.readers.submit(
      [&services, &batch = context.batch, reply, attempt = std::move(attempt),
       password = std::move(params.password)](sqlite::Connection& db) {
        verify(db, services, batch, reply, attempt, password);
      },
      reply);
}

}  // namespace wardroom::commands
