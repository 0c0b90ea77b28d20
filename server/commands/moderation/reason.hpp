#pragma once

#include <optional>
#include <string>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"

namespace wardroom::commands {

inline constexpr std::size_t kMaxReasonBytes = 500;

// Why something is done: one line of 1 to 500 bytes, trimmed; `params` on params.reason.
Result<std::string> check_reason(const std::string& reason);
// The same where it may be left out.
Result<std::string> check_reason(const std::optional<std::string>& reason);

// The end of a sanction that takes `seconds` from now: 60 s to ten years; none when it has no end.
Result<std::optional<TimePoint>> check_end(const std::optional<std::int64_t>& seconds, TimePoint now);

}  // namespace wardroom::commands
