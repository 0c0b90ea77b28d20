#pragma once

#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

// How the server is: what is wrong with it, then how much it does. An error is a sentence for the person.
Result<void> stats(const Context& context);

}  // namespace wardroom::ctl
