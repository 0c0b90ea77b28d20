#pragma once

#include <CLI/CLI.hpp>

namespace wardroom::completion {

// Has every option of the program and its commands refuse an empty value (--to "$UNSET"), which isn't an
// option that was left out. To be called when the command table is whole.
void refuse_empty_values(CLI::App& program);

}  // namespace wardroom::completion
