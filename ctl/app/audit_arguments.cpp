#include <CLI/CLI.hpp>

#include "ctl/app/command_builder.hpp"
#include "ctl/commands/audit.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/witness.hpp"

namespace wardroom::ctl {
namespace {

void add_query(Commands& commands, CLI::App& audit) {
  auto query = commands.add<AuditQueryArguments>(
      audit, "query", "Records, newest first; --json prints their exact bytes",
      "wardroomctl audit query --type 'auth.*' --actor lena --since 2026-11-01", audit_query);
  auto& a = *query.arguments;
  query.app.add_option("--since", a.since, "YYYY-MM-DD, UTC");
  query.app.add_option("--until", a.until, "YYYY-MM-DD, UTC, that day not included");
  query.app.add_option("--actor", a.actor, "User name of who did it");
  query.app.add_option("--type", a.type, "Exact, or a subject with a star: 'auth.*'");
  query.app.add_option("--room", a.room, "One of your rooms");
  query.app.add_option("--outcome", a.outcome)
      ->check(CLI::IsMember({"success", "failure", "denied", "error"}));
  query.app.add_option("--text", a.text, "Anywhere in the record");
  query.app.add_option("--limit", a.limit, "At most so many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_verify(Commands& commands, CLI::App& audit) {
  auto verify = commands.add<AuditVerifyArguments>(
      audit, "verify", "Checks the whole log, of the server or in a data directory, against its signed heads",
      "wardroomctl audit verify --head /mnt/elsewhere/head.txt", audit_verify);
  auto& a = *verify.arguments;
  verify.app.add_option("--data", a.data, "A server's data directory, or a copy of one")
      ->check(CLI::ExistingDirectory);
  verify.app.add_option("--head", a.heads, "A signed head that was kept; the log must begin as it says")
      ->check(CLI::ExistingFile);
  verify.app.add_option("--key", a.key, "The log's key as it was noted down: NAME+ID+BASE64");
}

void add_heads(Commands& commands, CLI::App& audit) {
  struct None {};
  commands.add<None>(audit, "head", "The newest signed head, to be kept somewhere else",
                     "wardroomctl audit head > /mnt/elsewhere/head.txt",
                     [](const Context& context, const None&) { return audit_head(context); });
  commands.add<None>(audit, "accept-head", "Settles an alarm: what the server shows is the log from now on",
                     "wardroomctl audit accept-head",
                     [](const Context& context, const None&) { return audit_accept_head(context); });
  auto rotate = commands.add<AuditRotateKeyArguments>(
      audit, "rotate-key", "Replaces the key that signs the log's heads",
      "wardroomctl audit rotate-key --reason \"a backup of the keys was lost\"", audit_rotate_key);
  rotate.app.add_option("--reason", rotate.arguments->reason, "Stands in the audit log")->required();
}

}  // namespace

void add_audit(Commands& commands) {
  auto& audit = commands.group("audit", "Reads and checks the audit log");
  add_query(commands, audit);
  add_verify(commands, audit);
  add_heads(commands, audit);
}

}  // namespace wardroom::ctl
