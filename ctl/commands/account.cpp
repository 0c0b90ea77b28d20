#include "ctl/commands/account.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/new_password.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {

Result<void> account_show(const Context& context) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto account = (*client)->call<protocol::AccountGet>({});
  if (!account) return account.error();
  if (context.json) {
    context.out << protocol::encode(*account) << "\n";
    return ok();
  }
  context.out << account->user.name << " (" << protocol::enum_name(account->user.role) << "), "
              << account->user.display_name << "\n";
  if (account->second_factor)
    context.out << "Second factor: on, " << account->recovery_codes_left << " recovery codes left\n";
  else
    context.out << "Second factor: off"
                << (account->second_factor_required ? ", and your office asks for it" : "") << "\n";
  if (account->must_change_password) context.out << "Choose a new password: wardroomctl account password\n";
  return ok();
}

Result<void> account_password(const Context& context, const SecretArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto current = read_secret(context, arguments.password_stdin, "Current password");
  if (!current) return current.error();
  const auto fresh = read_new_password(context, arguments.password_stdin, "New password");
  if (!fresh) return fresh.error();
  if (const auto changed = (*client)->call<protocol::AccountChangePassword>({*current, *fresh}); !changed)
    return changed.error();
  if (!context.json) context.out << "The password is changed; other devices are signed out.\n";
  return ok();
}

Result<void> account_sessions(const Context& context) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto listed = (*client)->call<protocol::SessionList>({});
  if (!listed) return listed.error();
  if (context.json) {
    context.out << protocol::encode(*listed) << "\n";
    return ok();
  }
  Table table({"id", "device", "program", "address", "last used", ""});
  for (const auto& session : listed->sessions)
    table.add({std::to_string(session.id.value), session.device, session.client, session.ip,
               local_minute(session.last_used_at),
               session.current     ? "this one"
               : session.connected ? "connected"
                                   : ""});
  table.print(context.out);
  return ok();
}

Result<void> account_revoke(const Context& context, const RevokeArguments& arguments) {
  if (arguments.session.has_value() == arguments.others)
    return usage_error("Name a session (wardroomctl account sessions lists them), or say --others.");
  auto client = connect(context);
  if (!client) return client.error();
  protocol::SessionRevoke::Params params;
  if (arguments.session) params.session = SessionId{*arguments.session};
  const auto ended = (*client)->call<protocol::SessionRevoke>(params);
  if (!ended) return ended.error();
  if (context.json)
    context.out << protocol::encode(*ended) << "\n";
  else
    context.out << ended->ended << (ended->ended == 1 ? " session ended.\n" : " sessions ended.\n");
  return ok();
}

Result<void> user_remove_totp(const Context& context, const RemoveTotpArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto account = find_account(**client, arguments.name);
  if (!account) return account.error();
  const auto removed = (*client)->call<protocol::AdminUserRemoveTotp>({account->id, arguments.reason});
  if (!removed) return removed.error();
  if (context.json)
    context.out << protocol::encode(removed->user) << "\n";
  else
    context.out << removed->user.name << " signs in with the password alone now.\n";
  return ok();
}

}  // namespace wardroom::ctl
