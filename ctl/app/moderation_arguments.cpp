#include "ctl/app/command_builder.hpp"
#include "ctl/app/duration.hpp"
#include "ctl/commands/moderation.hpp"

namespace wardroom::ctl {
namespace {

enum class Where { anywhere, room };
enum class Why { needed, optional };

// A command about one person; returns what it takes, so that a length can be added.
Command<ModerationArguments> add_action(Commands& commands, CLI::App& group, const std::string& name,
                                        const std::string& does, const std::string& example,
                                        Result<void> (*run)(const Context&, const ModerationArguments&),
                                        Where where, Why why) {
  auto command = commands.add<ModerationArguments>(group, name, does, "wardroomctl mod " + example, run);
  command.app.add_option("user", command.arguments->user, "User name")->required();
  auto* room = command.app.add_option(
      "--room", command.arguments->room,
      where == Where::anywhere ? "A room's name or id; left out: in every room" : "A room's name or id");
  if (where == Where::room) room->required();
  auto* reason = command.app.add_option("--reason", command.arguments->reason,
                                        "The person is told, and it stands in the audit log");
  if (why == Why::needed) reason->required();
  return command;
}

void add_length(const Command<ModerationArguments>& command) {
  command.app
      .add_option_function<std::string>(
          "--for",
          [arguments = command.arguments](const std::string& text) {
            arguments->length = parse_duration(text);
          },
          "For example 30m, 2h or 7d; left out: until it is lifted")
      ->check(check_duration);
}

void add_actions(Commands& commands, CLI::App& group) {
  add_length(add_action(commands, group, "mute", "Keeps a person from writing",
                        "mute lena --room general --for 2h --reason \"insults\"", mod_mute, Where::anywhere,
                        Why::needed));
  add_action(commands, group, "unmute", "Lets a muted person write again", "unmute lena --room general",
             mod_unmute, Where::anywhere, Why::optional);
  add_action(commands, group, "kick", "Takes a person out of a room; they may come back",
             "kick lena --room general --reason \"off topic\"", mod_kick, Where::room, Why::needed);
  add_length(add_action(commands, group, "ban", "Takes a person out of a room and keeps them out",
                        "ban lena --room general --for 7d --reason \"advertising\"", mod_ban, Where::room,
                        Why::needed));
  add_action(commands, group, "unban", "Lets a banned person come in again", "unban lena --room general",
             mod_unban, Where::room, Why::optional);
  auto sanctions =
      commands.add<ModerationArguments>(group, "sanctions", "The mutes and bans that hold",
                                        "wardroomctl mod sanctions --room general", mod_sanctions);
  sanctions.app.add_option("--room", sanctions.arguments->room, "Of one room; left out: of the office");
}

void add_reports(Commands& commands, CLI::App& group) {
  auto report = commands.add<ReportArguments>(
      group, "report", "Shows a message to the moderators, as it is now, with the five before it",
      "wardroomctl mod report general 4711 --reason \"insults a customer\"", mod_report);
  report.app.add_option("room", report.arguments->room, "Name or id of a room, or @name of a person")
      ->required();
  report.app
      .add_option("seq", report.arguments->seq, "The message's number; wardroomctl tail --numbers shows it")
      ->required()
      ->check(CLI::PositiveNumber);
  report.app.add_option("--reason", report.arguments->reason)->required();

  auto reports = commands.add<ReportArguments>(group, "reports", "The reports that wait, with their evidence",
                                               "wardroomctl mod reports", mod_reports);
  reports.app.add_flag("--all", reports.arguments->all, "Those that are resolved, too");
  reports.app.add_option("--limit", reports.arguments->limit, "At most so many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();

  const auto add_one = [&](const std::string& name, const std::string& does, const std::string& example,
                           Result<void> (*run)(const Context&, const ReportArguments&)) {
    auto command = commands.add<ReportArguments>(group, name, does, "wardroomctl mod " + example, run);
    command.app.add_option("report", command.arguments->report, "The report's number")
        ->required()
        ->check(CLI::PositiveNumber);
    command.app.add_option("--reason", command.arguments->reason, "Stands in the audit log")->required();
    return command;
  };
  auto resolve = add_one("resolve", "Closes a report; who made it is told what was done and why",
                         "resolve 12 warned --reason \"had a word\"", mod_resolve);
  resolve.app
      .add_option("resolution", resolve.arguments->resolution,
                  "dismissed, warned, deleted, muted, kicked, banned or other")
      ->required();
  add_one("reopen", "Opens a resolved report again", "reopen 12 --reason \"it went on\"", mod_reopen);
}

}  // namespace

void add_moderation(Commands& commands) {
  auto& group = commands.group("mod", "Mutes, bans, kicks people; reports");
  add_actions(commands, group);
  add_reports(commands, group);
}

}  // namespace wardroom::ctl
