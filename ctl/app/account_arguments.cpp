#include "ctl/app/command_builder.hpp"
#include "ctl/commands/account.hpp"

namespace wardroom::ctl {
namespace {

void add_plain(Commands& commands, CLI::App& group, const std::string& name, const std::string& does,
               Result<void> (*run)(const Context&)) {
  auto* app = group.add_subcommand(name, does);
  app->footer("Example:\n  wardroomctl account " + name);
  app->callback([context = &commands.context, chosen = &commands.chosen, run] {
    *chosen = [context, run] { return run(*context); };
  });
}

void add_second_factor(Commands& commands, CLI::App& group) {
  auto begin = commands.add<SecretArguments>(
      group, "totp-begin", "Makes the secret of a second factor and shows it as a QR code",
      "wardroomctl account totp-begin --password-stdin < password", account_totp_begin);
  begin.app.add_flag("--password-stdin", begin.arguments->password_stdin,
                     "The password is the first line of standard input");
  auto confirm = commands.add<SecretArguments>(
      group, "totp-confirm",
      "Turns the second factor on with a code of the app; again, for new recovery codes",
      "wardroomctl account totp-confirm 123456", account_totp_confirm);
  confirm.app.add_option("code", confirm.arguments->code,
                         "The app's six digits; left out, they are asked for");
  confirm.app.add_flag("--code-stdin", confirm.arguments->code_stdin,
                       "The code is the first line of standard input");
  auto remove = commands.add<SecretArguments>(
      group, "totp-remove", "Turns the second factor off",
      "printf '%s\\n' \"$PASSWORD\" 123456 | wardroomctl account totp-remove --password-stdin",
      account_totp_remove);
  remove.app.add_flag("--password-stdin", remove.arguments->password_stdin,
                      "Standard input has the password in its first line, a code in its second");
}

}  // namespace

void add_account(Commands& commands) {
  auto& group = commands.group("account", "One's own account: password, second factor, sessions");
  add_plain(commands, group, "show", "Role, second factor, what is to be done", account_show);
  auto password = commands.add<SecretArguments>(
      group, "password", "Changes the password; other devices are signed out",
      "printf '%s\\n' \"$OLD\" \"$NEW\" | wardroomctl account password --password-stdin", account_password);
  password.app.add_flag(
      "--password-stdin", password.arguments->password_stdin,
      "Standard input has the current password in its first line, the new one in its second");
  add_second_factor(commands, group);
  add_plain(commands, group, "sessions", "Where one is signed in", account_sessions);
  auto revoke = commands.add<RevokeArguments>(group, "revoke", "Ends one's own session on a device",
                                              "wardroomctl account revoke 17", account_revoke);
  revoke.app.add_option("session", revoke.arguments->session, "Its id");
  revoke.app.add_flag("--others", revoke.arguments->others, "All but this one");

  auto remove = commands.add<RemoveTotpArguments>(
      *commands.program.get_subcommand("user"), "remove-totp",
      "Takes away the second factor of somebody who lost it",
      "wardroomctl user remove-totp lena --reason \"lost the phone; came by in person\"", user_remove_totp);
  remove.app.add_option("name", remove.arguments->name)->required();
  remove.app.add_option("--reason", remove.arguments->reason, "Stands in the audit log")->required();
}

}  // namespace wardroom::ctl
