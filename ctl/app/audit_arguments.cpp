#include <CLI/CLI.hpp>

#include "ctl/app/command_builder.hpp"
#include "ctl/commands/audit.hpp"
#include "ctl/commands/audit_formats.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/standing_witness.hpp"
#include "ctl/commands/witness.hpp"

namespace wardroom::ctl {
namespace {

void add_filter(CLI::App& app, AuditFilterArguments& a) {
  app.add_option("--since", a.since, "YYYY-MM-DD, UTC");
  app.add_option("--until", a.until, "YYYY-MM-DD, UTC, that day not included");
  app.add_option("--actor", a.actor, "User name of who did it");
  app.add_option("--target", a.target, "User name of whom it was done to");
  app.add_option("--type", a.types, "Exact, or a subject with a star: 'auth.*'; several are any of them");
  app.add_option("--severity", a.severity)->check(CLI::IsMember({"info", "notice", "warning"}));
  app.add_option("--room", a.room, "A room's name, or its id");
  app.add_option("--outcome", a.outcome)->check(CLI::IsMember({"success", "failure", "denied", "error"}));
  app.add_option("--address", a.address,
                 "Where it came from: 192.0.2.7 or 2001:db8::1, or a network: 192.0.2.0/24");
  app.add_option("--text", a.text, "Anywhere in the record; at least 3 characters");
}

void add_query(Commands& commands, CLI::App& audit) {
  auto query = commands.add<AuditQueryArguments>(
      audit, "query", "Records, newest first; --json prints their exact bytes",
      "wardroomctl audit query --type 'auth.*' --actor lena --since 2026-11-01", audit_query);
  add_filter(query.app, query.arguments->filter);
  query.app.add_option("--limit", query.arguments->limit, "At most so many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_export(Commands& commands, CLI::App& audit) {
  auto exported = commands.add<AuditExportArguments>(
      audit, "export", "Records for other programs, the oldest first",
      "wardroomctl audit export --format csv --since 2026-11-01 --to november.csv", audit_export);
  auto& a = *exported.arguments;
  add_filter(exported.app, a.filter);
  exported.app.add_option("--format", a.format, "jsonl (the exact bytes), csv, cef or syslog (RFC 5424)")
      ->check(CLI::IsMember({"jsonl", "csv", "cef", "syslog"}))
      ->capture_default_str();
  exported.app.add_option("--to", a.to, "A file; left out, standard output");
  auto* bundle = exported.app.add_option("--bundle", a.bundle,
                                         "Evidence that can be checked without us, with the messages: a new "
                                         "directory or a .zip");
  exported.app.add_option("--person", a.person, "User name; the bundle is about what they wrote and did")
      ->needs(bundle);
  exported.app.add_option("--reason", a.reason, "For the bundle; stands in the audit log")->needs(bundle);
  exported.app
      .add_flag("--with-files", a.with_files, "The bundle includes the files; without it, only their hashes")
      ->needs(bundle);
}

void add_verify(Commands& commands, CLI::App& audit) {
  auto verify = commands.add<AuditVerifyArguments>(
      audit, "verify", "Checks the whole log, of the server or in a data directory, against its signed heads",
      "wardroomctl audit verify --head /mnt/elsewhere/head.txt", audit_verify);
  auto& a = *verify.arguments;
  auto* data = verify.app.add_option("--data", a.data, "A server's data directory, or a copy of one")
                   ->check(CLI::ExistingDirectory);
  verify.app.add_flag("--log-only", a.log_only, "Don't compare the other tables with the log")->needs(data);
  verify.app.add_option("--bundle", a.bundle, "An evidence bundle: a directory or a .zip")
      ->check(CLI::ExistingPath)
      ->excludes(data);
  verify.app.add_option("--head", a.heads, "A signed head that was kept; the log must begin as it says")
      ->check(CLI::ExistingFile);
  verify.app.add_option("--key", a.key, "The log's key as it was noted down: NAME+ID+BASE64");
}

void add_heads(Commands& commands, CLI::App& audit) {
  struct None {};
  commands.add<None>(audit, "head", "The newest signed head, to be kept somewhere else",
                     "wardroomctl audit head > /mnt/elsewhere/head.txt",
                     [](const Context& context, const None&) { return audit_head(context); });
  auto accept = commands.add<AuditAcceptHeadArguments>(
      audit, "accept-head", "Settles an alarm: what the server shows is the log from now on",
      "wardroomctl audit accept-head --reason \"the backup of Monday was restored\"", audit_accept_head);
  accept.app
      .add_option("--reason", accept.arguments->reason,
                  "Stands in the audit log, and is kept on this machine with what was seen")
      ->required();
  auto rotate = commands.add<AuditRotateKeyArguments>(
      audit, "rotate-key", "Replaces the key that signs the log's heads",
      "wardroomctl audit rotate-key --reason \"a backup of the keys was lost\"", audit_rotate_key);
  rotate.app.add_option("--reason", rotate.arguments->reason, "Stands in the audit log")->required();
}

void add_witness(Commands& commands) {
  auto witness = commands.add<StandingWitnessArguments>(
      commands.program, "witness",
      "Vouches for logs from another machine until it is stopped (c2sp.org/tlog-witness)",
      "wardroomctl witness --state /var/lib/witness --name witness.example.org/w1 --follow\n"
      "  wardroomctl witness --state /var/lib/witness --listen 127.0.0.1:7444 --log 'log.example.org+…+…'",
      run_standing_witness);
  auto& a = *witness.arguments;
  witness.app.add_option("--state", a.state, "Its directory: the key, and the newest head of each log")
      ->required();
  witness.app.add_option("--name", a.name, "Of a new witness; kept with its key");
  witness.app.add_option("--listen", a.listen,
                         "IP address and port on which logs may ask for cosignatures, over HTTP");
  witness.app.add_option("--log", a.logs, "A log's key, NAME+ID+BASE64: whoever has it may ask");
  auto* follow =
      witness.app.add_flag("--follow", a.follow, "Follow the log of the server that one is signed in to");
  witness.app
      .add_option_function<std::int64_t>(
          "--every",
          [arguments = witness.arguments](const std::int64_t& s) {
            arguments->every = std::chrono::seconds{s};
          },
          "Seconds between two looks; 60 when left out")
      ->check(CLI::Range(1, 86'400))
      ->needs(follow);
}

}  // namespace

void add_audit(Commands& commands) {
  auto& audit = commands.group("audit", "Reads and checks the audit log");
  add_query(commands, audit);
  add_export(commands, audit);
  add_verify(commands, audit);
  add_heads(commands, audit);
  add_witness(commands);
}

}  // namespace wardroom::ctl
