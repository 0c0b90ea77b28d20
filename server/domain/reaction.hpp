#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace wardroom::domain {

// One emoji or a short word in the spelling under which it is counted: at most kMaxReactionBytes of UTF-8
// without white space and characters that aren't shown, except within an emoji's sequence. Pure; the error
// names the field.
Result<std::string> check_reaction(std::string_view field, std::string_view emoji);

}  // namespace wardroom::domain
