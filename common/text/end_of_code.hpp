#pragma once

#include <cstddef>
#include <string_view>

namespace wardroom::text {

// Behind the code that begins with the backticks at `at`, which as many end, in the same line where they are
// fewer than three; behind them alone where it never ends.
std::size_t end_of_code(std::string_view text, std::size_t at);

}  // namespace wardroom::text
