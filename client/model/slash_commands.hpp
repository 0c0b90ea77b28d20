#pragma once

#include <span>
#include <string>
#include <string_view>

#include "client/model/turn.hpp"

// What begins with a slash in the composer.
namespace wardroom::client {

struct SlashCommand {
  std::string_view name;
  std::string_view usage;
  std::string_view meaning;
  bool for_moderators = false;
};
// All of them; / lists those that the person may use here.
std::span<const SlashCommand> slash_commands();

// Why the directory is asked: a command names somebody who isn't known here.
struct ToRun {
  RoomId room;
  std::string text;  // the command, as it stands in the draft
  std::string name;
};

// `text` is trimmed and begins with a slash. False: it isn't a command that we know, it lacks something, or
// whom it names has to be asked for first; the draft stays.
bool run_command(Turn& turn, RoomState& room, std::string_view text);

void fold(Turn& turn, const Answer<protocol::UserList, ToRun>& answer);

}  // namespace wardroom::client
