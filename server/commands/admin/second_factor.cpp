#include "server/commands/account/duties.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

Result<AccountResult> remove_totp_of(WriteContext& context, const AdminUserRemoveTotp::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return not_found("There is no such account.");
  // Their own they turn off with password and code: a stolen session must not do with less.
  if (params.user == context.caller().user)
    return params_error("params.user", "Turn your own second factor off with account.totp_remove.");
  if (!row->account.second_factor) return conflict("no_second_factor", "This person has no second factor.");
  store::delete_second_factor(context.db(), params.user);
  audit::Record record = context.call.record(audit::Type::totp_removed);
  record.target = {"user", params.user.value, row->account.name};
  record.reason = *reason;
  context.append(record);
  publish_caller(context, params.user);
  protocol::Account account = row->account;
  account.second_factor = false;
  return AccountResult{std::move(account)};
}

}  // namespace wardroom::commands
