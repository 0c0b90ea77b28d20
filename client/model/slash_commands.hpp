#pragma once

#include <span>
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

// False: it isn't a command that we know, or it lacks something; the draft stays.
bool run_command(Turn& turn, RoomState& room, std::string_view name, std::string_view rest);

}  // namespace wardroom::client
