#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

struct StandingWitnessArguments {
  std::filesystem::path state;
  std::string name;
  std::string listen;  // HOST:PORT; empty: over no network
  std::vector<std::string> logs;
  bool follow = false;
  std::chrono::seconds every{60};
};
// A witness for another machine, until it is told to stop. An alarm about the office's log ends it with
// status 3.
Result<void> run_standing_witness(const Context& context, const StandingWitnessArguments& arguments);

}  // namespace wardroom::ctl
