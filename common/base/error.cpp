#include "common/base/error.hpp"

namespace wardroom {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::parse:
      return "parse";
    case ErrorCode::request:
      return "request";
    case ErrorCode::unknown_method:
      return "unknown_method";
    case ErrorCode::params:
      return "params";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace wardroom
