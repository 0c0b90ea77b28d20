#include "server/commands/account/current_password.hpp"
#include "server/commands/account/duties.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/credentials/password_hash.hpp"
#include "server/credentials/password_rules.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

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
    context.out.push_back(
        realtime::SessionEnded{ended, caller.user, CloseCode::revoked,
                               "Your password was changed on another device. Sign in with the new one."});
  }
  if (caller.duties.change_password) publish_caller(context, caller.user);
  return Empty{};
}

// On a hashing thread, after the current password was verified.
void hash_new(Services& services, GroupBatch& batch, const Reply<AccountChangePassword>& reply,
              const Secret& password) {
  const auto& caller = *reply.call().caller;
  const auto accepted = services.hashing.hash(
      Throttles::person(caller.user), password, hash_cost_of(services, caller.role),
      [&services, &batch, reply](Result<std::string> phc) {
        if (!phc) return reply(phc.error());
        submit_change<AccountChangePassword>(
            services, batch, reply, std::nullopt,
            [phc = std::move(*phc)](WriteContext& context) { return store_password(context, phc); });
      },
      credentials::Lane::known);
  if (!accepted) reply(accepted.error());
}

Result<void> check_new(const AccountChangePassword::Params& params, const realtime::Caller& caller,
                       const Settings& settings) {
  auto strong = credentials::check_new_password(params.new_password, {caller.name, {}, settings.office_name});
  if (strong && equal_in_constant_time(credentials::in_one_form(params.new_password).reveal(),
                                       credentials::in_one_form(params.current_password).reveal()))
    strong = params_error("params.new_password", "Choose another password than the current one.");
  if (strong) return ok();
  Error error = strong.error();
  error.field = "params.new_password";
  error.reason = "weak_password";
  return error;
}

}  // namespace

void change_password(LiveContext& context, AccountChangePassword::Params params,
                     Reply<AccountChangePassword> reply) {
  if (auto good = check_new(params, context.caller(), *context.services.settings.load()); !good)
    return reply(good.error());
  Services& services = context.services;
  ask_current_password(
      context, {params.current_password, audit::Type::password_changed, [reply](const Error& e) { reply(e); },
                [&services, &batch = context.batch, reply, password = params.new_password] {
                  hash_new(services, batch, reply, password);
                }});
}

}  // namespace wardroom::commands
