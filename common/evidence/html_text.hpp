#pragma once

#include <string>
#include <string_view>

namespace wardroom::evidence {

// Text as it stands between tags or within a quoted attribute. Control characters, which HTML doesn't know,
// become the replacement character.
std::string html_escaped(std::string_view text);

}  // namespace wardroom::evidence
