#pragma once

#include <functional>
#include <memory>

#include "ctl/commands/context.hpp"

namespace CLI {
class App;
}

namespace wardroom::ctl {

// What the person asked for: run it once the arguments are read.
using Chosen = std::function<Result<void>()>;

// Adds every command to `program`; reading the arguments then sets `chosen`. The three outlive each other's
// use.
void add_commands(CLI::App& program, Context& context, Chosen& chosen);

}  // namespace wardroom::ctl
