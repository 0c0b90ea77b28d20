#pragma once

#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "server/app/option_table.hpp"

// One option's value between a file, a person and the options.
namespace wardroom::app {

// By its key, such as "limits.ping_seconds"; nothing: there is none.
const OptionRow* find_option(std::string_view key);
// "there is no option limits.pings. Did you mean limits.ping_seconds?"; `else_do` where no name is near.
std::string describe_unknown_option(const std::string& key, std::string_view else_do);

// Whether the value has the row's type and is allowed; then it is in `options`.
bool apply_value(const OptionRow& row, const toml::node& value, Options& options);
// The same of what a person typed: as in the file, or a text without its quotes, or a list without brackets
// and quotes ("a, b"). The error says what is allowed.
Result<void> set_option(const OptionRow& row, std::string_view typed, Options& options);
void copy_option(const OptionRow& row, const Options& from, Options& to);

}  // namespace wardroom::app
