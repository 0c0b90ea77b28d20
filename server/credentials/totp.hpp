#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/secret.hpp"

// Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six digits,
// steps of 30 seconds. Pure functions but make_totp_secret; any thread.
namespace wardroom::credentials {

inline constexpr std::chrono::seconds kTotpStep{30};

// 160 random bits, the length that RFC 4226 section 4 recommends. Raw bytes.
Secret make_totp_secret();

// The six digits of one step (RFC 4226 section 5.3).
std::string totp_code(const Secret& secret, std::int64_t step);

// The newest step within one of `now` whose code this is; nothing when it is none of theirs. Spaces between
// the digits are forgiven. Takes the same time whichever it is.
std::optional<std::int64_t> find_totp_step(const Secret& secret, std::string_view typed, TimePoint now);

// Whether it has the form of a code of the app, and so isn't a recovery code.
bool looks_like_totp(std::string_view typed);

// RFC 4648 section 6 without padding: what a person types into the app.
Secret to_base32(const Secret& secret);

// otpauth://totp/Issuer:account?secret=…&issuer=… for a QR code; both names are percent-encoded.
Secret compose_otpauth_uri(std::string_view issuer, std::string_view account, const Secret& secret);

}  // namespace wardroom::credentials
