#pragma once

#include <string>
#include <vector>

#include "ctl/commands/context.hpp"

// The options of wardroom.toml, from afar. An error is a sentence for the person.
namespace wardroom::ctl {

struct SettingsArguments {
  std::string which;                 // of `list`: a section, or an option; empty: all
  std::vector<std::string> changes;  // of `set`: NAME=VALUE
};
Result<void> settings_list(const Context& context, const SettingsArguments& arguments);
Result<void> settings_set(const Context& context, const SettingsArguments& arguments);

}  // namespace wardroom::ctl
