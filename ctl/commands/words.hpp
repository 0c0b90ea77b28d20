#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace wardroom::ctl {

// "1 room", "3 rooms"
inline std::string counted(std::int64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

// An option that was left out is empty.
inline std::optional<std::string> if_given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace wardroom::ctl
