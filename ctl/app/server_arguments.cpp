#include "ctl/app/command_builder.hpp"
#include "ctl/app/duration.hpp"
#include "ctl/commands/announcement.hpp"
#include "ctl/commands/backup.hpp"
#include "ctl/commands/certificate.hpp"
#include "ctl/commands/discover.hpp"
#include "ctl/commands/settings.hpp"
#include "ctl/commands/stats.hpp"

namespace wardroom::ctl {
namespace {

void add_certificate(Commands& commands) {
  auto& group = commands.group("certificate", "The certificate by which clients know the server");
  commands.add<CertificateArguments>(group, "show", "What is served, until when, and what is wrong with it",
                                     "wardroomctl certificate show", certificate_show);
  commands.add<CertificateArguments>(group, "renew",
                                     "Has the server issue itself a new one; nobody is disconnected",
                                     "wardroomctl certificate renew", certificate_renew);
  auto replace = commands.add<CertificateArguments>(
      group, "replace", "Serves one that was made elsewhere for the server's key; nobody is disconnected",
      "wardroomctl certificate replace office-ca/server.crt", certificate_replace);
  replace.app
      .add_option("file", replace.arguments->file,
                  "PEM: the server's certificate, and those between it and its authority")
      ->required()
      ->check(CLI::ExistingFile);
  auto add_name = commands.add<CertificateArguments>(
      group, "add-name",
      "One more name or address by which PCs reach the server; fingerprint, links and invites stay",
      "wardroomctl certificate add-name chat2.office.example", certificate_add_name);
  add_name.app.add_option("name", add_name.arguments->name, "A host name or an IP address, without port")
      ->required();
}

void add_announce(Commands& commands) {
  auto& group = commands.group("announce", "Something for everybody in the office to see");
  auto say = commands.add<AnnounceArguments>(
      group, "say", "Shows a text to everybody; it takes the place of the one before",
      "wardroomctl announce say --must-acknowledge --for 2d \"The office is closed on Friday\"",
      announce_say);
  say.app.add_option("text", say.arguments->words, "Left out, it is read from standard input");
  say.app.add_flag("--must-acknowledge", say.arguments->must_acknowledge,
                   "It stays until a person says that they have read it");
  say.app
      .add_option_function<std::string>(
          "--for", [a = say.arguments](const std::string& text) { a->lasts = parse_duration(text); },
          "How long it stands, 7d when left out")
      ->check(check_duration);
  commands.add<AnnounceArguments>(group, "end", "Takes it off everybody's screen", "wardroomctl announce end",
                                  announce_end);
  auto show =
      commands.add<AnnounceArguments>(group, "show", "What was announced last, and who acknowledged it",
                                      "wardroomctl announce show --missing", announce_show);
  show.app.add_flag("--missing", show.arguments->missing, "Those who haven't");
}

void add_settings(Commands& commands) {
  auto& group = commands.group("settings", "The server's options, those of wardroom.toml");
  auto list = commands.add<SettingsArguments>(group, "list",
                                              "Each option's value, its default, and who changed it last; "
                                              "with one option's name, everything about it",
                                              "wardroomctl settings list limits", settings_list);
  list.app.add_option("which", list.arguments->which, "A section, or an option; all when left out");
  auto set = commands.add<SettingsArguments>(
      group, "set", "Changes options in wardroom.toml, all of them or none",
      "wardroomctl settings set limits.messages_per_second=8 rooms.direct_policy=request", settings_set);
  set.app.add_option("change", set.arguments->changes, "NAME=VALUE; a list as: a, b")->required();
}

void add_backup(Commands& commands) {
  auto& group = commands.group("backup", "Backups in the server's folder");
  commands.add<BackupArguments>(group, "list", "Which there are, what is known of each, and what goes on",
                                "wardroomctl backup list", backup_list);
  const auto add = [&](const char* name, const char* does, const char* example, auto run) {
    auto command = commands.add<BackupArguments>(group, name, does, example, run);
    command.app.add_flag("--no-wait", command.arguments->no_wait, "Begins it, and doesn't wait for its end");
    return command;
  };
  add("run", "Makes one as each night: written, opened, checked; then old ones are removed",
      "wardroomctl backup run", backup_run);
  auto verify = add("verify", "Whether one is byte for byte what was checked, and sound",
                    "wardroomctl backup verify", backup_verify);
  auto rehearse = add("rehearse", "Restores one on trial on the server, checks it, and removes it again",
                      "wardroomctl backup rehearse", backup_rehearse);
  for (const auto& command : {verify, rehearse})
    command.app.add_option("name", command.arguments->name, "As the list has it; the newest when left out");
}

void add_discover(Commands& commands) {
  auto discover_ = commands.add<DiscoverArguments>(
      commands.program, "discover",
      "Lists the servers that answer on the local network; it trusts none of them", "wardroomctl discover",
      discover);
  discover_.app.add_option("--to", discover_.arguments->to,
                           "Asks this address, also a network's broadcast address, instead of everybody");
  discover_.app.add_option("--port", discover_.arguments->port, "The UDP port on which servers answer")
      ->check(CLI::Range(1, 65535))
      ->capture_default_str();
}

}  // namespace

void add_server(Commands& commands) {
  add_certificate(commands);
  add_announce(commands);
  add_settings(commands);
  add_backup(commands);
  add_discover(commands);
  commands.add_plain("stats", "How the server is: what is wrong with it, then how much it does",
                     "wardroomctl stats", stats);
}

}  // namespace wardroom::ctl
