#pragma once

#include <string>

#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

// As read_secret(), for a password that nobody knows yet: on a terminal it is asked for twice, because what
// was typed isn't seen.
Result<Secret> read_new_password(const Context& context, bool from_stdin, const std::string& what);

}  // namespace wardroom::ctl
