#include <algorithm>

#include "server/commands/account/current_password.hpp"
#include "server/commands/account/duties.hpp"
#include "server/commands/account/second_factor_check.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/credentials/token.hpp"
#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kRecoveryCodes = 10;

FactorHolder holder_of(const realtime::Caller& caller) {
  return {caller.user, caller.name, caller.role};
}

Error no_second_factor() {
  return conflict("no_second_factor", "There is no second factor. Begin with account.totp_begin.");
}

Result<AccountTotpBegin::Result> begin(WriteContext& context) {
  const auto& caller = context.caller();
  if (store::has_second_factor(context.db(), caller.user))
    return conflict("second_factor_exists", "Your second factor is on already. Turn it off first.");
  const Secret secret = credentials::make_totp_secret();
  store::begin_second_factor(
      context.db(), caller.user,
      context.services.seal.seal(caller.user, secret.reveal(), credentials::SealedFor::second_factor));
  return AccountTotpBegin::Result{
      credentials::to_base32(secret),
      credentials::compose_otpauth_uri(context.services.settings->office_name, caller.name, secret)};
}

Result<Empty> remove(WriteContext& context, const Secret& code) {
  const auto& caller = context.caller();
  if (!store::has_second_factor(context.db(), caller.user)) return no_second_factor();
  if (requires_second_factor(*context.services.settings.load(), caller.role))
    return forbidden("second_factor_required",
                     "Your office asks for a second factor. An administrator can take a lost one away.");
  const auto passed = limit_code_guesses(
      context, caller.user, [&] { return pass_second_factor(context, holder_of(caller), code); });
  if (!passed) return refuse_code<Empty>(context, passed.error());
  store::delete_second_factor(context.db(), caller.user);
  audit::Record record = context.call.record(audit::Type::totp_removed);
  record.target = {"user", caller.user.value, caller.name};
  context.append(record);
  return Empty{};
}

struct RecoveryCodes {
  std::vector<Secret> codes;
  std::vector<std::string> hashes;  // hexadecimal, in order
};

RecoveryCodes issue_recovery_codes(WriteContext& context) {
  RecoveryCodes all;
  std::vector<Digest> digests;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    auto issued = credentials::make_code();
    all.codes.push_back(std::move(issued.text));
    all.hashes.push_back(to_hex(issued.digest));
    digests.push_back(issued.digest);
  }
  store::replace_recovery_codes(context.db(), context.caller().user, digests);
  std::sort(all.hashes.begin(), all.hashes.end());
  return all;
}

}  // namespace

void begin_totp(LiveContext& context, AccountTotpBegin::Params params, Reply<AccountTotpBegin> reply) {
  Services& services = context.services;
  ask_current_password(context, {std::move(params.current_password), audit::Type::totp_enrolled,
                                 [reply](const Error& error) { reply(error); },
                                 [&services, &batch = context.batch, reply] {
                                   submit_change<AccountTotpBegin>(services, batch, reply, std::nullopt,
                                                                   &begin);
                                 }});
}

Result<AccountTotpConfirm::Result> confirm_totp(WriteContext& context,
                                                const AccountTotpConfirm::Params& params) {
  const auto& caller = context.caller();
  const auto factor = store::find_second_factor(context.db(), caller.user);
  if (!factor) return no_second_factor();
  const auto passed = limit_code_guesses(context, caller.user, [&] {
    return pass_app_code(context, holder_of(caller), factor->secret, params.code);
  });
  if (!passed) return refuse_code<AccountTotpConfirm::Result>(context, passed.error());
  auto issued = issue_recovery_codes(context);
  AccountTotpConfirm::Result result{std::move(issued.codes)};
  audit::Record record =
      context.call.record(factor->confirmed ? audit::Type::recovery_renewed : audit::Type::totp_enrolled);
  record.target = {"user", caller.user.value, caller.name};
  record.after = {{"codes_sha256", issued.hashes}};
  context.append(record);
  if (factor->confirmed) return result;
  store::confirm_second_factor(context.db(), caller.user, context.now());
  if (caller.duties.enrol_second_factor) publish_caller(context, caller.user);
  return result;
}

void remove_totp(LiveContext& context, AccountTotpRemove::Params params, Reply<AccountTotpRemove> reply) {
  Services& services = context.services;
  ask_current_password(context, {std::move(params.current_password), audit::Type::totp_removed,
                                 [reply](const Error& error) { reply(error); },
                                 [&services, &batch = context.batch, reply, code = std::move(params.code)] {
                                   submit_change<AccountTotpRemove>(
                                       services, batch, reply, std::nullopt,
                                       [code](WriteContext& write) { return remove(write, code); });
                                 }});
}

}  // namespace wardroom::commands
