#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace wardroom::ctl {

// "90s", "30m", "24h", "7d"; nothing for anything else.
std::optional<std::chrono::seconds> parse_duration(const std::string& text);

// For an option that takes one: empty when it fits, else what to write.
std::string check_duration(const std::string& text);

}  // namespace wardroom::ctl
