#pragma once

#include <string>
#include <string_view>

namespace wardroom::ctl {

// Text as it stands between tags or within a quoted attribute.
std::string html_escaped(std::string_view text);

}  // namespace wardroom::ctl
