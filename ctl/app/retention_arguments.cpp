#include "ctl/app/command_builder.hpp"
#include "ctl/commands/retention.hpp"

namespace wardroom::ctl {
namespace {

void add_holds(Commands& commands) {
  auto& group = commands.group("hold", "Legal holds: what is on hold is not removed by anything");
  auto place = commands.add<HoldArguments>(
      group, "place", "Places a hold on a person or a room",
      "wardroomctl hold place \"Case 17\" --user lena --reason \"letter of the court\"", hold_place);
  place.app.add_option("name", place.arguments->name, "Of the case")->required();
  place.app.add_option("--user", place.arguments->user, "User name");
  place.app.add_option("--room", place.arguments->room, "A room's name or id");
  place.app.add_option("--reason", place.arguments->reason, "Stands in the audit log")->required();
  auto lift = commands.add<HoldArguments>(group, "lift", "Lifts a hold",
                                          "wardroomctl hold lift 3 --reason \"case closed\"", hold_lift);
  lift.app.add_option("hold", lift.arguments->hold, "Its number")->required()->check(CLI::PositiveNumber);
  lift.app.add_option("--reason", lift.arguments->reason, "Stands in the audit log")->required();
  commands.add<HoldArguments>(group, "list", "The holds that stand", "wardroomctl hold list", hold_list);
}

void add_scope(const Command<RetentionArguments>& command) {
  auto& a = *command.arguments;
  command.app.add_option("--room", a.room, "One room, by name or id; its rule wins over that of its kind");
  command.app.add_option("--kind", a.kind, "All rooms of a kind")
      ->check(CLI::IsMember({"public", "private", "direct"}));
  command.app.add_option("--days", a.days, "Messages are kept so long")->check(CLI::Range(1, 36'500));
  command.app.add_flag("--keep", a.keep, "Messages are kept for good");
  command.app.add_flag("--inherit", a.inherit, "A room's own rule goes: that of its kind holds");
}

void add_rules(Commands& commands) {
  auto& group = commands.group("retention", "How long messages are kept");
  commands.add<RetentionArguments>(group, "show", "The rules", "wardroomctl retention show", retention_show);
  auto set = commands.add<RetentionArguments>(
      group, "set", "Sets a rule; older messages are removed within the hour",
      "wardroomctl retention set --kind public --days 365 --reason \"office rule 12\"", retention_set);
  add_scope(set);
  set.app.add_option("--reason", set.arguments->reason, "Stands in the audit log")->required();
  auto preview = commands.add<RetentionArguments>(
      group, "preview", "What the rules would remove now, or would with a rule that isn't set yet",
      "wardroomctl retention preview --room general --days 90", retention_preview);
  add_scope(preview);
}

void add_erasing(Commands& commands) {
  auto erase = commands.add<EraseArguments>(
      *commands.program.get_subcommand("user"), "erase",
      "Erases the texts of all messages of a person for good; try --dry-run first",
      "wardroomctl user erase lena --dry-run --reason \"request of 12 March\"", user_erase);
  erase.app.add_option("name", erase.arguments->user, "User name")->required();
  erase.app.add_option("--reason", erase.arguments->reason, "Stands in the audit log")->required();
  erase.app.add_flag("--dry-run", erase.arguments->dry_run, "Only counts");
  auto prune = commands.add<PruneArguments>(
      *commands.program.get_subcommand("audit"), "prune",
      "Forgets the bodies of old records; their hashes stay, and every proof holds",
      "wardroomctl audit prune --before 2025-01-01 --dry-run --reason \"two years are enough\"", audit_prune);
  prune.app.add_option("--before", prune.arguments->before, "YYYY-MM-DD, UTC; at least 90 days ago")
      ->required();
  prune.app.add_option("--reason", prune.arguments->reason, "Stands in the audit log")->required();
  prune.app.add_flag("--dry-run", prune.arguments->dry_run, "Only counts");
}

void add_private_reading(Commands& commands) {
  auto read = commands.add<ReadPrivateArguments>(
      *commands.program.get_subcommand("room"), "read-private",
      "A page of a private or direct room that you aren't in; every reading is recorded",
      "wardroomctl room read-private 17 --reason \"complaint of 3 May\"", room_read_private);
  auto& a = *read.arguments;
  read.app.add_option("room", a.room, "The room's id; the audit log and reports name it")->required();
  read.app.add_option("--reason", a.reason, "Stands in the audit log")->required();
  read.app.add_option("--before", a.before, "Messages before this number")->check(CLI::PositiveNumber);
  read.app.add_option("--after", a.after, "Messages after this number")->check(CLI::NonNegativeNumber);
  read.app.add_option("--around", a.around, "Messages around this number")->check(CLI::PositiveNumber);
  read.app.add_option("--limit", a.limit, "At most so many")
      ->check(CLI::Range(1, 200))
      ->capture_default_str();
  read.app.add_flag("--numbers", a.numbers, "With each message's number");
}

}  // namespace

void add_retention(Commands& commands) {
  add_holds(commands);
  add_rules(commands);
  add_erasing(commands);
  add_private_reading(commands);
}

}  // namespace wardroom::ctl
