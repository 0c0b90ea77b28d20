#include "ctl/app/command_builder.hpp"
#include "ctl/commands/people_import.hpp"
#include "ctl/commands/user_account.hpp"

namespace wardroom::ctl {
namespace {

using AccountRun = Result<void> (*)(const Context&, const AccountArguments&);

Command<AccountArguments> add_action(Commands& commands, CLI::App& user, const std::string& name,
                                     const std::string& does, const std::string& example, AccountRun run) {
  auto command = commands.add<AccountArguments>(user, name, does, example, run);
  command.app.add_option("name", command.arguments->name, "User name")->required();
  return command;
}

void add_reason(Command<AccountArguments>& command) {
  command.app.add_option("--reason", command.arguments->reason, "Stands in the audit log")->required();
}

void add_acts_on_one(Commands& commands, CLI::App& user) {
  add_action(commands, user, "show", "Everything about one account", "wardroomctl user show lena", user_show);
  auto rename = add_action(commands, user, "rename", "Changes display name or e-mail address",
                           "wardroomctl user rename lena --display-name \"Lena Weber\"", user_rename);
  rename.app.add_option("--display-name", rename.arguments->display_name, "How colleagues see it");
  rename.app.add_option("--email", rename.arguments->email);
  auto reset = add_action(
      commands, user, "reset-password",
      "Voids the password; prints a one-use code and a link with which to choose a new one",
      "wardroomctl user reset-password lena --reason \"forgot it; came by in person\"", user_reset_password);
  add_reason(reset);
  auto require =
      add_action(commands, user, "require-new-password", "The person must choose a new password now",
                 "wardroomctl user require-new-password lena", user_require_new_password);
  require.app.add_flag("--off", require.arguments->off, "No longer");
  auto offboard = add_action(commands, user, "offboard",
                             "Offboards a person: disables the account, leaves its rooms and hands them over",
                             "wardroomctl user offboard lena --successor mateo --reason \"left the company\"",
                             user_offboard);
  add_reason(offboard);
  offboard.app.add_option("--successor", offboard.arguments->successor,
                          "Moderates the rooms that would be without a moderator");
  offboard.app.add_flag("--dry-run", offboard.arguments->dry_run, "Only says what would happen");
}

void add_sessions(Commands& commands, CLI::App& user) {
  auto sessions = commands.add<AccountArguments>(user, "sessions", "Who is signed in where, last used first",
                                                 "wardroomctl user sessions lena", user_sessions);
  sessions.app.add_option("name", sessions.arguments->name, "Left out: everybody's");
  auto out = commands.add<AccountArguments>(user, "sign-out", "Ends the sessions of a person, or one of them",
                                            "wardroomctl user sign-out lena --reason \"lost the laptop\"",
                                            user_sign_out);
  out.app.add_option("name", out.arguments->name, "All of this person's");
  out.app.add_option("--session", out.arguments->session, "Only the one of this id")
      ->check(CLI::PositiveNumber);
  add_reason(out);
}

Command<PeopleImportArguments> add_import(Commands& commands, CLI::App& user, const std::string& name,
                                          const std::string& does, const std::string& example,
                                          Result<void> (*run)(const Context&, const PeopleImportArguments&)) {
  auto command = commands.add<PeopleImportArguments>(user, name, does, example, run);
  command.app.add_option("import", command.arguments->import, "Its number")
      ->required()
      ->check(CLI::PositiveNumber);
  return command;
}

void add_imports(Commands& commands, CLI::App& user) {
  auto import = commands.add<PeopleImportArguments>(
      user, "import", "Makes accounts from a CSV file: name, display name, e-mail, role, rooms",
      "wardroomctl user import people.csv --dry-run\n  wardroomctl user import people.csv --sheet "
      "invites.html",
      user_import);
  import.app.add_option("file", import.arguments->file, "As a spreadsheet saves it")
      ->required()
      ->check(CLI::ExistingFile);
  import.app.add_flag("--dry-run", import.arguments->dry_run, "Only says what would happen");
  import.app.add_flag("--skip-errors", import.arguments->skip_errors,
                      "Leaves out the rows that have an error; else one error stops all");
  import.app.add_option(
      "--sheet", import.arguments->sheet,
      "Writes one-use invites there: .html to print, .csv or .json for a mail merge, else text");
  auto sheet =
      add_import(commands, user, "import-sheet",
                 "One-use invites for those of an import who weren't here yet; voids the earlier ones",
                 "wardroomctl user import-sheet 3 --sheet invites.html", user_import_sheet);
  sheet.app.add_option(
      "--sheet", sheet.arguments->sheet,
      ".html to print, .csv or .json for a mail merge, else text; left out, on standard output");
  sheet.app.add_flag("--csv", sheet.arguments->csv, "Standard output is CSV (with --json: JSON lines)");
  auto undo =
      add_import(commands, user, "import-undo", "Removes the accounts of an import that nobody used yet",
                 "wardroomctl user import-undo 3 --reason \"the wrong file\"", user_import_undo);
  undo.app.add_option("--reason", undo.arguments->reason, "Stands in the audit log")->required();
  commands.add<PeopleImportArguments>(user, "imports", "The imports of people", "wardroomctl user imports",
                                      user_imports);
}

}  // namespace

void add_user_commands(Commands& commands) {
  CLI::App& user = *commands.program.get_subcommand("user");
  add_acts_on_one(commands, user);
  add_sessions(commands, user);
  add_imports(commands, user);
}

}  // namespace wardroom::ctl
