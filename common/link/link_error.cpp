#include "common/link/link_error.hpp"

#include <algorithm>
#include <array>

namespace wardroom::link {

Error link_error(std::string_view reason, std::string message) {
  return make_error(ErrorCode::unavailable, std::move(message), std::string(reason));
}

bool is_trust_error(const Error& error) {
  static constexpr std::array kReasons = {reason::kPinMismatch,        reason::kCertificateInvalid,
                                          reason::kCertificateExpired, reason::kCertificateNotYetValid,
                                          reason::kWrongHost,          reason::kNotTls13};
  return error.code == ErrorCode::unavailable && std::ranges::find(kReasons, error.reason) != kReasons.end();
}

}  // namespace wardroom::link
