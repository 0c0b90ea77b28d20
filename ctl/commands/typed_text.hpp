#pragma once

#include <string>
#include <vector>

#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

// A text from the command line's words, or from standard input when there are none, without the line ends at
// its end.
std::string typed_text(const Context& context, const std::vector<std::string>& words);

}  // namespace wardroom::ctl
