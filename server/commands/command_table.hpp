#pragma once

#include <vector>

#include "server/commands/command.hpp"

namespace wardroom::commands {

// The row of every method in the protocol catalogue. A method without a row doesn't compile.
const std::vector<Command>& command_table();
const Command* find_command(std::string_view method);

}  // namespace wardroom::commands
