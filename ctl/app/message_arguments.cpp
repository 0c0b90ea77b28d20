#include "ctl/app/command_builder.hpp"
#include "ctl/commands/message.hpp"

namespace wardroom::ctl {
namespace {

constexpr const char* kRoom = "Name or id of a room, or @name of a person";
constexpr const char* kSeq = "The message's number in the room; wardroomctl tail --numbers shows it";

// A command about one message; what else it takes is added to it.
CLI::App& add_one(Commands& commands, CLI::App& group, const std::string& name, const std::string& does,
                  const std::string& example, Result<void> (*run)(const Context&, const MessageArguments&),
                  MessageArguments*& arguments) {
  auto command = commands.add<MessageArguments>(group, name, does, "wardroomctl message " + example, run);
  arguments = command.arguments.get();
  command.app.add_option("room", arguments->room, kRoom)->required();
  command.app.add_option("seq", arguments->seq, kSeq)->required()->check(CLI::PositiveNumber);
  return command.app;
}

void add_changes(Commands& commands, CLI::App& group) {
  MessageArguments* a = nullptr;
  add_one(commands, group, "edit", "Changes the text of one's own message",
          "edit general 4711 \"main is green again\"", message_edit, a)
      .add_option("text", a->words, "The new text; left out, it is standard input");
  add_one(commands, group, "delete", "Deletes a message; somebody else's with a reason",
          "delete general 4711 --reason \"insults a customer\"", message_delete, a)
      .add_option("--reason", a->reason, "Everybody sees it, and it stands in the audit log");
  add_one(commands, group, "restore", "Restores a deleted message",
          "restore general 4711 --reason \"was a quotation\"", message_restore, a)
      .add_option("--reason", a->reason, "Stands in the audit log");
  auto& react = add_one(commands, group, "react", "Reacts to a message, or takes it back with --off",
                        "react general 4711 👍", message_react, a);
  react.add_option("emoji", a->emoji, "One emoji, or a short word")->required();
  react.add_flag("--off", a->off, "Takes one's reaction back");
  add_one(commands, group, "pin", "Pins a message to its room, or takes the pin away with --off",
          "pin general 4711", message_pin, a)
      .add_flag("--off", a->off, "Takes the pin away");
  add_one(commands, group, "versions", "Every text that a message had: for its author and for moderators",
          "versions general 4711", message_versions, a);
}

void add_threads_and_saved(Commands& commands, CLI::App& group) {
  MessageArguments* a = nullptr;
  add_one(commands, group, "thread", "A message with the replies in its thread", "thread general 4711",
          message_thread, a);
  commands.add<MessageArguments>(group, "threads",
                                 "The threads that one follows, the one with the newest reply first",
                                 "wardroomctl message threads", message_threads);
  add_one(commands, group, "save", "Saves a message for oneself, or lets go of it with --off",
          "save general 4711", message_save, a)
      .add_flag("--off", a->off, "Lets go of it");
  commands.add<MessageArguments>(group, "saved", "The messages that one saved, saved last first",
                                 "wardroomctl message saved", message_saved);
}

}  // namespace

void add_messages(Commands& commands) {
  auto& message = commands.group("message", "Edits, deletes, marks messages");
  add_changes(commands, message);
  auto pins = commands.add<MessageArguments>(message, "pins", "A room's pinned messages, newest pin first",
                                             "wardroomctl message pins general", message_pins);
  pins.app.add_option("room", pins.arguments->room, kRoom)->required();
  add_threads_and_saved(commands, message);

  auto& direct = commands.group("direct", "Conversations of two to eight people");
  auto open = commands.add<DirectArguments>(direct, "open", "Opens a conversation, or asks for it",
                                            "wardroomctl direct open lena tom", direct_open);
  open.app.add_option("people", open.arguments->people, "User names of the others")->required();
  const auto add = [&](const char* name, const char* does,
                       Result<void> (*run)(const Context&, const DirectArguments&)) {
    auto command = commands.add<DirectArguments>(direct, name, does,
                                                 std::string("wardroomctl direct ") + name + " lena", run);
    command.app.add_option("people", command.arguments->people, "User names of the others, or the room's id")
        ->required();
  };
  add("accept", "Says yes to a conversation that was asked for", direct_accept);
  add("decline", "Says no to a conversation that was asked for", direct_decline);
  add("end", "Ends a conversation for all of its people", direct_end);
}

}  // namespace wardroom::ctl
