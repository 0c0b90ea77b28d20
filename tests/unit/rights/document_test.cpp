#include <algorithm>

#include "server/commands/command_table.hpp"
#include "tests/generated_document.hpp"

namespace {

using namespace wardroom;
using commands::Door;
using domain::Least;
using protocol::Role;

std::string yes(bool does) {
  return does ? "yes" : "";
}

std::string rights() {
  std::string text =
      "## By role in the office\n\n| right | admin | auditor | moderator | member | guest |\n"
      "|---|---|---|---|---|---|\n";
  for (const auto& row : domain::right_table()) {
    text += "| " + std::string(row.meaning) + " |";
    for (const Role role : {Role::admin, Role::auditor, Role::moderator, Role::member, Role::guest})
      text += " " + yes(domain::has_right(role, row.right)) + " |";
    text += "\n";
  }
  return text;
}

std::string who(std::optional<Least> least) {
  if (!least) return "nobody";
  switch (*least) {
    case Least::knower:
      return "all but guests";
    case Least::member:
      return "members";
    case Least::insider:
      return "moderators in it";
    case Least::moderator:
      return "moderators";
  }
  return "";
}

std::string acts() {
  std::string text =
      "## In a room\n\nModerators are those of the room and those of the office: moderators and "
      "administrators. "
      "They moderate every public and\nprivate room, also those that they aren't in, but read only what they "
      "are "
      "in. Nobody moderates a direct room.\nNobody acts against a person of their own rank or a higher one; "
      "administrators may act against everybody but themselves.\n\n"
      "| act | public | private | direct | archived, ended, not accepted | locked | muted |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const auto& rule : domain::room_rules())
    text += "| " + std::string(rule.meaning) + " | " + who(rule.in_public) + " | " + who(rule.in_private) +
            " | " + who(rule.in_direct) + " | " + yes(rule.if_archived) + " | " +
            (rule.if_locked ? "yes" : "moderators") + " | " + yes(rule.if_muted) + " |\n";
  return text;
}

std::string door_of(const commands::Command& command) {
  switch (command.door) {
    case Door::open:
      return "nothing";
    case Door::way_in:
    case Door::resuming:
      return "not signed in yet";
    case Door::signed_in:
      return "a session";
    case Door::socket:
      return "a session on a WebSocket";
  }
  return "";
}

std::string methods() {
  std::string text =
      "## Method by method\n\n| method | needs | right | act in the room |\n|---|---|---|---|\n";
  for (const auto& command : commands::command_table()) {
    text += "| `" + std::string(command.method) + "` | " + door_of(command) + " | ";
    if (command.right) {
      const auto rows = domain::right_table();
      const auto row =
          std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.right == *command.right; });
      text += row->meaning;
    }
    text += " | ";
    if (command.act) text += domain::room_rule(*command.act).meaning;
    text += " |\n";
  }
  text +=
      "\n`message.delete`, `message.restore` and `message.versions` of somebody else's message ask for the "
      "act on "
      "anybody's. `moderation.mute`,\n`unmute` and `sanctions` without a room ask for the right to moderate "
      "the "
      "office. `moderation.reports` and `resolve` are for who\nmoderates the office or the report's room; "
      "auditors "
      "read the queue.\n";
  return text;
}

std::string compose_document() {
  return "# Who may do what\n\nGenerated from the tables in `server/domain/rights.cpp` and "
         "`server/commands/table/` by `./dev accept`. A test\nwalks every method, role, kind of "
         "room and "
         "way to be in it over WebSocket and HTTP, and holds the server to these tables.\n\n" +
         rights() + "\n" + acts() + "\n" + methods();
}

}  // namespace

TEST_CASE("docs/rights.md is what the tables say") {
  check_generated_document("docs/rights.md", compose_document());
}
