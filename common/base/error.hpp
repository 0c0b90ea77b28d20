#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace wardroom {

// What went wrong, as far as a caller acts differently on it. The wire numbers and HTTP statuses of each
// stand in protocol/error_table.hpp.
enum class ErrorCode {
  parse,    // not JSON
  request,  // JSON, but not a request
  unknown_method,
  params,  // a field is missing, of the wrong type or out of range; `field` names it
  unauthenticated,
  forbidden,  // `reason` says why, for example room_locked
  not_found,  // also for what the caller may not know of
  conflict,
  too_large,
  rate_limited,  // `retry_after` says when to come back
  unavailable,   // disk full, stopping, queue full, network down
  internal,      // our own mistake; the log has the details
};

// An error that a person can act on: `message` is a sentence that names the remedy.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string reason;  // machine-readable, snake_case; empty: the code's own name
  std::string field;   // path of the offending parameter or option, for example "params.device.name"
  std::chrono::milliseconds retry_after{0};
};

std::string_view to_string(ErrorCode code) noexcept;

inline Error make_error(ErrorCode code, std::string message, std::string reason = {}) {
  return {code, std::move(message), std::move(reason), {}, {}};
}
inline Error params_error(std::string field, std::string message) {
  return {ErrorCode::params, std::move(message), {}, std::move(field), {}};
}
inline Error forbidden(std::string reason, std::string message) {
  return {ErrorCode::forbidden, std::move(message), std::move(reason), {}, {}};
}
inline Error not_found(std::string message) {
  return {ErrorCode::not_found, std::move(message), {}, {}, {}};
}
inline Error conflict(std::string reason, std::string message) {
  return {ErrorCode::conflict, std::move(message), std::move(reason), {}, {}};
}
inline Error unavailable(std::string message, std::chrono::milliseconds retry_after = {}) {
  return {ErrorCode::unavailable, std::move(message), {}, {}, retry_after};
}

}  // namespace wardroom
