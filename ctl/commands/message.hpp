#pragma once

#include "ctl/commands/commands.hpp"

// What is done to a message that is there, and with direct rooms. An error is a sentence for the person.
namespace wardroom::ctl {

struct MessageArguments {
  std::string room;
  std::int64_t seq = 0;
  std::vector<std::string> words;  // of a new text; none: it comes on standard input
  std::string reason;
  std::string emoji;
  bool off = false;
};
Result<void> message_edit(const Context& context, const MessageArguments& arguments);
Result<void> message_delete(const Context& context, const MessageArguments& arguments);
Result<void> message_restore(const Context& context, const MessageArguments& arguments);
Result<void> message_react(const Context& context, const MessageArguments& arguments);
Result<void> message_pin(const Context& context, const MessageArguments& arguments);
Result<void> message_pins(const Context& context, const MessageArguments& arguments);
Result<void> message_versions(const Context& context, const MessageArguments& arguments);

// A message with the replies in its thread, and the threads that one follows.
Result<void> message_thread(const Context& context, const MessageArguments& arguments);
Result<void> message_threads(const Context& context, const MessageArguments& arguments);
// What one saved.
Result<void> message_save(const Context& context, const MessageArguments& arguments);
Result<void> message_saved(const Context& context, const MessageArguments& arguments);

struct DirectArguments {
  std::vector<std::string> people;  // user names; or one id of a room
};
Result<void> direct_open(const Context& context, const DirectArguments& arguments);
Result<void> direct_accept(const Context& context, const DirectArguments& arguments);
Result<void> direct_decline(const Context& context, const DirectArguments& arguments);
Result<void> direct_end(const Context& context, const DirectArguments& arguments);

}  // namespace wardroom::ctl
