#pragma once

#include <string>
#include <string_view>

#include "server/app/options.hpp"

namespace wardroom::app {

// What of an office may leave it: numbers, words of the program's own, and nothing that somebody named or
// wrote. Known is what stays; whatever isn't known is left out.

// A line of the server's log, `event key=value …`: the event, and the values that are of known kinds. A line
// of another form is only counted in bytes.
std::string redact_line(std::string_view line);

// Every option with its value; of names, addresses and paths only how many there are, unless `with_names`.
std::string describe_options(const Options& options, bool with_names);

// A sentence of the program's own, without what it quotes, which is somebody's: the name of a company's
// authority.
std::string redact_quoted(std::string_view text);

}  // namespace wardroom::app
