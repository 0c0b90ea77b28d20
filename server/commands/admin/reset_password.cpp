#include "protocol/invite_link.hpp"
#include "server/commands/admin/account_access.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/credentials/token.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

constexpr std::chrono::hours kCodeLifetime{24};

// In a link the code stands without its hyphens.
Secret compose_link(const Settings& settings, const Secret& code) {
  std::string plain(code.reveal());
  std::erase(plain, '-');
  return compose_invite_link({settings.link_host, settings.link_port, settings.ca_pin,
                              Secret(std::move(plain)), settings.next_ca_pin});
}

}  // namespace

// The last administrator's password can be reset too: as long as no administrator has a password, the server
// keeps a set-up code on its own machine, with which a new administrator is made.
Result<AdminUserResetPassword::Result> reset_password(WriteContext& context,
                                                      const AdminUserResetPassword::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return no_such_account();
  if (row->account.imported) return conflict("imported", "The author of imported messages can't sign in.");
  if (row->account.disabled) return conflict("disabled", "The account is disabled. Enable it first.");

  store::clear_password(context.db(), params.user);
  store::revoke_invites_for(context.db(), params.user, context.trusted());
  // Whoever used the account in the person's place may have let themselves in elsewhere, too. Before the new
  // code, which an administrator can make for their own account.
  end_invites_by(context, *row, "its maker's password was reset");
  const credentials::Issued code = credentials::make_code();
  const TimePoint expires_at = context.trusted() + kCodeLifetime;
  store::insert_invite(context.db(),
                       {.token_hash = code.digest,
                        .user = params.user,
                        .role = row->account.role,
                        .created_by = context.caller().user,
                        .expires_at = expires_at,
                        .reset = true},
                       context.now());
  audit::Record record = context.call.record(audit::Type::password_reset_issued);
  record.target = {"user", params.user.value, row->account.name};
  record.reason = *reason;
  record.after = {{"expires_at", expires_at}, {"token_sha256", to_hex(code.digest)}};
  context.append(record);
  end_sessions(
      context, *row, "password reset",
      "An administrator reset your password. Choose a new one with the link or code that they give you.");
  return AdminUserResetPassword::Result{code.text, compose_link(*context.services.settings.load(), code.text),
                                        expires_at};
}

}  // namespace wardroom::commands
