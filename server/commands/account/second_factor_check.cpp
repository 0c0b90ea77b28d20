#include "server/commands/account/second_factor_check.hpp"

#include "common/base/log.hpp"
#include "server/credentials/token.hpp"
#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"

namespace wardroom::commands {
namespace {

audit::Record record_of(const WriteContext& context, const FactorHolder& holder, audit::Type type) {
  audit::Record record = context.call.record(type);
  record.actor = {audit::Actor::Kind::user, holder.user, holder.name,
                  std::string(protocol::enum_name(holder.role))};
  return record;
}

Error refuse(WriteContext& context, const FactorHolder& holder) {
  audit::Record record = record_of(context, holder, audit::Type::totp_fail);
  record.outcome = audit::Outcome::failure;
  record.reason = "wrong_second_factor";
  context.services.failures.append(context.tx, record);
  return make_error(ErrorCode::unauthenticated,
                    "The code is wrong or was used already. Wait for the app's next one; after several wrong "
                    "codes, wait a few minutes.",
                    "wrong_second_factor");
}

}  // namespace

Result<void> pass_app_code(WriteContext& context, const FactorHolder& holder, const Bytes& sealed_secret,
                           const Secret& code) {
  auto opened = context.services.seal.open(holder.user, sealed_secret, credentials::SealedFor::second_factor);
  if (!opened) {
    spdlog::error("credentials.seal_broken user={}", holder.user.value);
    return opened.error();
  }
  const Secret secret(std::move(*opened));
  auto step = credentials::find_totp_step(secret, code.reveal(), context.now());
  // The person's telephone may be right where the server's clock isn't.
  if (!step) step = credentials::find_totp_step(secret, code.reveal(), context.trusted());
  if (!step || !store::spend_step(context.db(), holder.user, *step)) return refuse(context, holder);
  return ok();
}

Result<void> limit_code_guesses(WriteContext& context, UserId user,
                                const std::function<Result<void>()>& check) {
  Throttles& throttles = context.services.throttles;
  const auto key = Throttles::codes(user);
  const SteadyPoint now = context.services.clock.steady();
  if (!throttles.enter(key, now)) return throttles.held_up(key, now);
  auto passed = check();
  if (passed)
    throttles.forgive(key);
  else if (passed.error().reason != "wrong_second_factor" || context.db().failure())
    throttles.take_back(key);
  return passed;
}

Result<void> pass_second_factor(WriteContext& context, const FactorHolder& holder,
                                const std::optional<Secret>& code) {
  const auto factor = store::find_second_factor(context.db(), holder.user);
  if (!factor || !factor->confirmed) return ok();
  if (!code || code->empty())
    return make_error(ErrorCode::unauthenticated,
                      "Enter the six digits of your authenticator app, or a recovery code.",
                      "second_factor_required");
  if (credentials::looks_like_totp(code->reveal()))
    return pass_app_code(context, holder, factor->secret, *code);
  const auto digest = credentials::parse_code(code->reveal());
  if (!digest || !store::spend_recovery_code(context.db(), holder.user, *digest, context.now()))
    return refuse(context, holder);
  audit::Record record = record_of(context, holder, audit::Type::recovery_used);
  record.after = {{"codes_left", store::count_recovery_codes(context.db(), holder.user)}};
  context.append(record);
  return ok();
}

}  // namespace wardroom::commands
