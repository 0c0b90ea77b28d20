#pragma once

#include <string_view>

#include "common/base/error.hpp"

namespace wardroom::link {

// Why a server can't be used: the `reason` of the errors that the link itself makes, all with
// ErrorCode::unavailable. An error with another code came from the server.
namespace reason {
// The server isn't the one that this client was introduced to; nothing was sent.
inline constexpr std::string_view kPinMismatch = "pin_mismatch";
inline constexpr std::string_view kCertificateInvalid = "certificate_invalid";
inline constexpr std::string_view kCertificateExpired = "certificate_expired";
inline constexpr std::string_view kCertificateNotYetValid = "certificate_not_yet_valid";
inline constexpr std::string_view kWrongHost = "wrong_host";
inline constexpr std::string_view kNotTls13 = "not_tls13";
// The network, or the server's machine.
inline constexpr std::string_view kHostNotFound = "host_not_found";
inline constexpr std::string_view kConnectionRefused = "connection_refused";
inline constexpr std::string_view kUnreachable = "unreachable";
inline constexpr std::string_view kTimeout = "timeout";
inline constexpr std::string_view kConnectionLost =
    "connection_lost";  // a request may or may not have happened
inline constexpr std::string_view kHandshakeFailed = "handshake_failed";
inline constexpr std::string_view kNotWardroom = "not_wardroom";  // TLS is right, but the upgrade was refused
inline constexpr std::string_view kServerBusy = "server_busy";
// This side.
inline constexpr std::string_view kOffline = "offline";  // not signed in at the moment: nothing was sent
inline constexpr std::string_view kBusy =
    "busy";  // too many requests wait for their answers: nothing was sent
inline constexpr std::string_view kClosed = "closed";  // the owner closed the connection
}  // namespace reason

Error link_error(std::string_view reason, std::string message);

// Whether the error speaks against the server's identity: trying again is of no use until someone looks at
// it.
bool is_trust_error(const Error& error);

}  // namespace wardroom::link
