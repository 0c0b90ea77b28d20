#include "ctl/app/arguments.hpp"

#include <charconv>

#include <CLI/CLI.hpp>

#include "ctl/app/command_builder.hpp"
#include "ctl/app/duration.hpp"
#include "ctl/commands/commands.hpp"

namespace wardroom::ctl {
namespace {

const std::vector<std::string> kRoles = {"guest", "member", "moderator", "auditor", "admin"};

std::optional<std::chrono::sys_days> parse_day(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const char* at = text.data();
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (std::from_chars(at, at + 4, year).ptr != at + 4 ||
      std::from_chars(at + 5, at + 7, month).ptr != at + 7 ||
      std::from_chars(at + 8, at + 10, day).ptr != at + 10)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

void add_sign_in(Commands& commands) {
  auto setup_ = commands.add<SetupArguments>(
      commands.program, "setup", "Makes the first administrator, on the server's own machine",
      "wardroomctl setup --data /var/lib/wardroom --user lena --password-stdin < password", setup);
  setup_.app.add_option("--data", setup_.arguments->data, "The server's data directory")->required();
  setup_.app.add_option("--user", setup_.arguments->user, "The administrator's user name")->required();
  setup_.app.add_option("--code", setup_.arguments->code,
                        "The set-up code; left out, it is read from the data directory");
  setup_.app.add_flag("--password-stdin", setup_.arguments->password_stdin,
                      "The password is the first line of standard input");

  auto login_ = commands.add<LoginArguments>(
      commands.program, "login", "Signs in and keeps a token",
      "wardroomctl login 'wardroom://chat.example.org:7443/?ca=…&t=…' --user lena --password-stdin < "
      "password\n"
      "  wardroomctl login chat.example.org:7443 --fingerprint ABCD-EFGH-IJKL-MNOP-QRST-UVWX --user lena",
      login);
  login_.app.add_option("server", login_.arguments->server, "An invite link, or HOST:PORT")->required();
  login_.app.add_option("--fingerprint", login_.arguments->fingerprint,
                        "The server's 24-character fingerprint");
  login_.app.add_option("--user", login_.arguments->user, "User name");
  login_.app.add_option("--display-name", login_.arguments->display_name,
                        "Of a new account: how colleagues see it");
  login_.app.add_flag("--password-stdin", login_.arguments->password_stdin,
                      "The password is the first line of standard input");
  login_.app.add_flag("--code-stdin", login_.arguments->code_stdin,
                      "The second factor's code is the next line of standard input");

  commands.add_plain("logout", "Ends the session and forgets the profile", "wardroomctl logout", logout);
}

void add_conversation(Commands& commands) {
  auto call_ =
      commands.add<CallArguments>(commands.program, "call", "Calls any method; prints the result as JSON",
                                  "wardroomctl call message.history '{\"room\":12,\"limit\":5}'", call);
  call_.app.add_option("method", call_.arguments->method, "For example room.list; rpc.discover lists all")
      ->required();
  call_.app.add_option("params", call_.arguments->params, "A JSON object; - reads it from standard input");

  auto say_ = commands.add<SayArguments>(commands.program, "say", "Posts a message",
                                         "wardroomctl say builds \"main is green again\"", say);
  say_.app.add_option("room", say_.arguments->room, "Name or id of a room, or @name of a person")->required();
  say_.app.add_option("text", say_.arguments->words,
                      "The text; without it, standard input is read, or with --file there is none");
  say_.app
      .add_option("--file", say_.arguments->files, "A file that goes with it; ten at most, each with --file")
      ->allow_extra_args(false)  // what comes behind it is the text
      ->check(CLI::ExistingFile);
  say_.app
      .add_option("--thread", say_.arguments->thread,
                  "The number of a message: the text is a reply in its thread")
      ->check(CLI::PositiveNumber)
      ->excludes("--file");

  auto tail_ = commands.add<TailArguments>(commands.program, "tail",
                                           "Prints a room's messages, and what changes them, as they come",
                                           "wardroomctl tail general --since 4711", tail);
  tail_.app.add_option("room", tail_.arguments->room, "Name or id of a room, or @name of a person")
      ->required();
  tail_.app
      .add_option("--since", tail_.arguments->since,
                  "Begin after this sequence number; left out, with the newest few")
      ->check(CLI::NonNegativeNumber);
  tail_.app.add_flag("--numbers", tail_.arguments->numbers, "With each message's number");

  auto search_ = commands.add<SearchArguments>(commands.program, "search",
                                               "Finds messages in the rooms that one is in, newest first",
                                               "wardroomctl search deploy from:kim after:2026-03\n  "
                                               "wardroomctl search '\"main is green\"' --room builds",
                                               search);
  search_.app
      .add_option("words", search_.arguments->words,
                  "Words, \"phrases\", begin*, *part*, filters: from: in: before: after: on: "
                  "has:file|image|link|reaction|pin "
                  "is:direct|edited; a minus in front excludes, or between two takes either")
      ->required();
  search_.app.add_option("--room", search_.arguments->room, "Only there: name or id, or @name of a person");
  search_.app.add_option("--limit", search_.arguments->limit, "So many at most")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  search_.app.add_flag("--oldest", search_.arguments->oldest, "Oldest first");
  search_.app.add_option(
      "--reason", search_.arguments->reason,
      "In private and direct rooms of others instead, for administrators; it stands in the "
      "audit log with the words, and --room is a number");

  commands.add_plain("rooms", "The rooms that one is in; `room` works on one of them", "wardroomctl rooms",
                     rooms);
  commands.add_plain("who", "The people who are online", "wardroomctl who", who);

  auto& exports = commands.group("export", "Takes data out");
  auto transcript = commands.add<ExportArguments>(
      exports, "transcript", "A room's messages on standard output",
      "wardroomctl export transcript general --format html > general.html", export_transcript);
  transcript.app.add_option("room", transcript.arguments->room, "Name or id of a room, or @name of a person")
      ->required();
  transcript.app.add_option("--format", transcript.arguments->format, "text, html or json")
      ->check(CLI::IsMember({"text", "html", "json"}))
      ->capture_default_str();
  transcript.app.add_option("--with-files", transcript.arguments->files,
                            "A folder, which is made, for the files that the messages carry");
}

void add_people(Commands& commands) {
  auto invite_ =
      commands.add<InviteArguments>(commands.program, "invite", "Makes an invite link with a one-use token",
                                    "wardroomctl invite --role member --expires 24h", invite);
  invite_.app.add_option("--user", invite_.arguments->user,
                         "For the account of this name that has no password yet");
  invite_.app.add_option("--role", invite_.arguments->role, "Of the account that is made with it")
      ->check(CLI::IsMember(kRoles));
  invite_.app
      .add_option_function<std::string>(
          "--expires",
          [arguments = invite_.arguments](const std::string& text) {
            arguments->expires = parse_duration(text);
          },
          "For example 30m, 24h or 7d")
      ->check([](const std::string& text) {
        return parse_duration(text) ? "" : "write a duration like 30m, 24h or 7d";
      });

  auto& user = commands.group("user", "Adds, lists and changes accounts");
  auto add = commands.add<UserAddArguments>(
      user, "add", "Makes an account and the invite link for its owner",
      "wardroomctl user add lena --display-name \"Lena Weber\" --role moderator", user_add);
  add.app.add_option("name", add.arguments->name, "User name")->required();
  add.app.add_option("--display-name", add.arguments->display_name, "How colleagues see it");
  add.app.add_option("--role", add.arguments->role)->check(CLI::IsMember(kRoles));
  add.app.add_option("--email", add.arguments->email);

  auto list = commands.add<UserListArguments>(user, "list", "All accounts",
                                              "wardroomctl user list --role admin", user_list);
  list.app.add_option("--query", list.arguments->query, "Part of a name or an e-mail address");
  list.app.add_option("--role", list.arguments->role)->check(CLI::IsMember(kRoles));
  list.app.add_flag("--disabled", list.arguments->disabled, "Only those that are disabled");
  list.app.add_flag("--imported", list.arguments->imported, "Only authors that came with an import");

  struct OneUser {
    std::string name, reason, role;
  };
  auto disable = commands.add<OneUser>(
      user, "disable", "Shuts an account; its sessions end at once",
      "wardroomctl user disable lena --reason \"left the company\"",
      [](const Context& context, const OneUser& one) { return user_disable(context, one.name, one.reason); });
  disable.app.add_option("name", disable.arguments->name)->required();
  disable.app.add_option("--reason", disable.arguments->reason, "Stands in the audit log")->required();
  auto enable = commands.add<OneUser>(
      user, "enable", "Opens a disabled account again", "wardroomctl user enable lena",
      [](const Context& context, const OneUser& one) { return user_enable(context, one.name); });
  enable.app.add_option("name", enable.arguments->name)->required();
  auto role = commands.add<OneUser>(
      user, "role", "Changes an account's role", "wardroomctl user role lena auditor",
      [](const Context& context, const OneUser& one) { return user_role(context, one.name, one.role); });
  role.app.add_option("name", role.arguments->name)->required();
  role.app.add_option("role", role.arguments->role)->required()->check(CLI::IsMember(kRoles));
}

void add_operations(Commands& commands) {
  auto& imports = commands.group("import", "Brings data in");
  auto irc = commands.add<ImportArguments>(
      imports, "irc-log", "Brings IRC logs into a room, with their authors and times; twice adds nothing",
      "wardroomctl import irc-log 2007-01-12.txt 2007-01-19.txt --room ubuntu --zone UTC", import_irc_log);
  irc.app.add_option("files", irc.arguments->files, "Logs of irssi, WeeChat, HexChat or mIRC")
      ->required()
      ->check(CLI::ExistingFile);
  irc.app
      .add_option("--room", irc.arguments->room,
                  "The room's name or id; a public one is made when there is none of this name")
      ->required();
  irc.app.add_option(
      "--zone", irc.arguments->zone,
      "The clock of the log, for example Europe/Berlin, +09:00 or UTC; left out, this machine's");
  irc.app
      .add_option_function<std::string>(
          "--date",
          [arguments = irc.arguments](const std::string& text) { arguments->day = parse_day(text); },
          "The day that the log begins on, where neither its lines nor the file's name say it")
      ->check([](const std::string& text) { return parse_day(text) ? "" : "write a day like 2007-01-12"; });
}

}  // namespace

void add_commands(CLI::App& program, Context& context, Chosen& chosen) {
  Commands commands{program, context, chosen};
  add_sign_in(commands);
  add_conversation(commands);
  add_messages(commands);
  add_files(commands);
  add_rooms(commands);
  add_moderation(commands);
  add_people(commands);
  add_account(commands);
  add_user_commands(commands);
  add_operations(commands);
  add_audit(commands);
  add_retention(commands);
  add_server(commands);
}

}  // namespace wardroom::ctl
