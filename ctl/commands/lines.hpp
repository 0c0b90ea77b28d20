#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wardroom::ctl {

// The lines of a text, by everything that a terminal, an editor or a program may take for an end of one.
std::vector<std::string> split_lines(std::string_view text);

// The same as one text whose lines after the first are set in by `columns`, more than any line of ours: what
// somebody wrote never looks like one.
std::string set_in(std::string_view text, std::size_t columns = 4);

}  // namespace wardroom::ctl
