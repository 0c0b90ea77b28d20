#pragma once

#include <string_view>

#include "common/base/result.hpp"

namespace wardroom::domain {

// One emoji or a short word: 1 to 32 bytes of UTF-8 without white space, control characters and signs that
// can't be seen, except within an emoji's sequence. Pure; the error names the field.
Result<void> check_reaction(std::string_view field, std::string_view emoji);

}  // namespace wardroom::domain
