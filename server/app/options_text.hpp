#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/app/option_table.hpp"

namespace wardroom::app {

// wardroom.toml with these rows' values of `wanted`, each where it stands, and everything else of it as it
// was, with its remarks. `file` is what errors call it. `conflict` (option_not_replaced) with the line to
// write where one can't be changed by itself.
Result<std::string> replace_options(std::string_view toml, std::string_view file,
                                    std::span<const OptionRow* const> rows, const Options& wanted);

}  // namespace wardroom::app
