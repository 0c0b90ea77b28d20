#pragma once

#include <filesystem>

namespace wardroom::testing {

// Runs a scenario file: who says what, and who sees what. Fails the running Catch2 test with file and line at
// the first thing that isn't as it was written. tests/scenario/README.md explains the language.
void run_scenario(const std::filesystem::path& file);

}  // namespace wardroom::testing
