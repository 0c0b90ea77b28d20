#include "ctl/app/command_builder.hpp"
#include "ctl/app/duration.hpp"
#include "ctl/commands/announcement.hpp"
#include "ctl/commands/certificate.hpp"
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

}  // namespace

void add_server(Commands& commands) {
  add_certificate(commands);
  add_announce(commands);
  commands.add_plain("stats", "How the server is: what is wrong with it, then how much it does",
                     "wardroomctl stats", stats);
}

}  // namespace wardroom::ctl
