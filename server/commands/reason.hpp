#pragma once

#include <optional>

#include "server/domain/names.hpp"

namespace wardroom::commands {

inline constexpr std::size_t kMaxReason = 500;  // bytes

// The reason for an action, as the audit log keeps it: one line. `params` on params.reason when it is empty.
inline Result<std::string> check_reason(std::string_view reason) {
  auto line = domain::check_line("params.reason", reason, kMaxReason);
  if (line && line->empty()) return params_error("params.reason", "Say why, for the audit log.");
  return line;
}

// The same where it may be left out.
inline Result<std::string> check_optional_reason(const std::optional<std::string>& reason) {
  return domain::check_line("params.reason", reason.value_or(""), kMaxReason);
}

}  // namespace wardroom::commands
