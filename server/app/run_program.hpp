#pragma once

#include <string>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::app {

// Runs a program of this machine's and returns what it printed, at most 4 MiB of it. Nothing is given to it;
// what it complains of is dropped. The error says that it isn't there or failed.
Result<std::string> run_program(const std::vector<std::string>& command);

}  // namespace wardroom::app
