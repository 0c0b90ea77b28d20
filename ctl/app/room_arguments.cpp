#include "ctl/app/command_builder.hpp"
#include "ctl/app/duration.hpp"
#include "ctl/commands/room.hpp"

namespace wardroom::ctl {
namespace {

using RoomRun = Result<void> (*)(const Context&, const RoomArguments&);

// A command about one room; what else it takes is added to it.
CLI::App& add_one(Commands& commands, CLI::App& group, const std::string& name, const std::string& does,
                  const std::string& example, RoomRun run, RoomArguments*& arguments) {
  auto command = commands.add<RoomArguments>(group, name, does, "wardroomctl room " + example, run);
  arguments = command.arguments.get();
  command.app.add_option("room", arguments->room, "A room's name or id")->required();
  return command.app;
}

void add_reason(CLI::App& app, RoomArguments& arguments) {
  app.add_option("--reason", arguments.reason, "Stands in the audit log")->required();
}

void add_people(Commands& commands, CLI::App& group) {
  RoomArguments* a = nullptr;
  add_one(commands, group, "members", "Who is in a room", "members general", room_members, a);
  add_one(commands, group, "add", "Brings a person in", "add general lena", room_add, a)
      .add_option("user", a->user, "User name")
      ->required();
  add_one(commands, group, "remove", "Takes a person out; as a moderation action: mod kick",
          "remove general lena", room_remove, a)
      .add_option("user", a->user, "User name")
      ->required();
  auto& role = add_one(commands, group, "role", "Makes a member moderator of the room, or member again",
                       "role general lena moderator", room_role, a);
  role.add_option("user", a->user, "User name")->required();
  role.add_option("role", a->role)->required()->check(CLI::IsMember({"member", "moderator"}));
}

void add_states(Commands& commands, CLI::App& group) {
  RoomArguments* a = nullptr;
  const auto add = [&](const std::string& name, const std::string& does, RoomRun run) {
    auto& app = add_one(commands, group, name, does, name + " general --reason \"fire drill\"", run, a);
    add_reason(app, *a);  // not in one call: `a` is set by the line above
  };
  add("lock", "Lets only moderators write", room_lock);
  add("unlock", "Lets everybody write again", room_unlock);
  add("archive", "Closes a room: it can only be read", room_archive);
  add("reopen", "Opens an archived room again", room_reopen);
  auto& slow = add_one(commands, group, "slow", "Lets each member write once in a while; `off` ends it",
                       "slow general 30s --reason \"too many at once\"", room_slow, a);
  slow.add_option_function<std::string>(
          "pause",
          [a](const std::string& text) { a->pause = parse_duration(text).value_or(std::chrono::seconds{0}); },
          "Between two messages, up to an hour, for example 30s; or off")
      ->required()
      ->check([](const std::string& text) { return text == "off" ? std::string() : check_duration(text); });
  add_reason(slow, *a);
}

}  // namespace

void add_rooms(Commands& commands) {
  auto& group = commands.group("room", "Makes, joins, changes and moderates rooms");
  RoomArguments* a = nullptr;
  auto& create = add_one(commands, group, "create", "Makes a public room, or a private one with --private",
                         "create board --private --topic \"Thursdays at ten\"", room_create, a);
  create.add_option("--topic", a->text);
  create.add_flag("--private", a->is_private, "Only who is added may know of it");
  add_one(commands, group, "join", "Joins a public room", "join general", room_join, a);
  add_one(commands, group, "leave", "Leaves a room", "leave general", room_leave, a);
  add_one(commands, group, "topic", "Sets the topic", "topic general \"Freeze on Thursday\"", room_topic, a)
      .add_option("topic", a->text)
      ->required();
  add_one(commands, group, "rename", "Gives a room another name", "rename general lobby", room_rename, a)
      .add_option("name", a->text)
      ->required();
  add_people(commands, group);
  add_states(commands, group);
}

}  // namespace wardroom::ctl
