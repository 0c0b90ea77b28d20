#include "server/commands/moderation/reason.hpp"

#include "server/domain/names.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMinSeconds = 60;
constexpr std::int64_t kMaxSeconds = 10LL * 366 * 24 * 3600;

}  // namespace

Result<std::string> check_reason(const std::string& reason) {
  auto line = domain::check_line("params.reason", reason, kMaxReasonBytes);
  if (line && line->empty()) return params_error("params.reason", "Say why, for the audit log.");
  return line;
}

Result<std::string> check_reason(const std::optional<std::string>& reason) {
  return domain::check_line("params.reason", reason.value_or(""), kMaxReasonBytes);
}

Result<std::optional<TimePoint>> check_end(const std::optional<std::int64_t>& seconds, TimePoint now) {
  if (!seconds) return std::optional<TimePoint>{};
  if (*seconds < kMinSeconds || *seconds > kMaxSeconds)
    return params_error("params.seconds",
                        "params.seconds must be from 60 to ten years. Leave it out for a sanction without an "
                        "end.");
  return std::optional<TimePoint>(now + std::chrono::seconds{*seconds});
}

}  // namespace wardroom::commands
