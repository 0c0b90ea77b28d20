#pragma once

#include <string_view>

namespace wardroom::client {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace wardroom::client
