#pragma once

#include "ctl/commands/client.hpp"
#include "ctl/commands/people.hpp"

namespace wardroom::ctl {

// A room's messages and what changes them, a line each, in the order in which they come; with --json the
// message or the event as the server says it, one object a line.
class MessageLines {
 public:
  // `numbers`: each message's number stands before it.
  MessageLines(const Context& context, bool numbers) : context_(context), numbers_(numbers) {}

  void add_people(const std::vector<protocol::User>& users) { people_.add(users); }

  // One that is new to the reader. Of a tombstone only programs hear.
  void print(link::BlockingClient& client, const protocol::Message& message);
  // One that the reader has seen before: how it is now.
  void print_changed(link::BlockingClient& client, const protocol::Message& message);

  // An event of the room about a message that is there; nothing when it isn't one of those, else where it
  // stands.
  struct Position {
    RoomId room;
    Seq seq;
  };
  static std::optional<Position> find_position(const protocol::Incoming& event);
  Result<void> print_event(link::BlockingClient& client, const protocol::Incoming& event);

 private:
  void print_line(TimePoint at, const std::string& line);
  std::string nick(link::BlockingClient& client, UserId id);

  const Context& context_;
  const bool numbers_;
  People people_;
};

}  // namespace wardroom::ctl
