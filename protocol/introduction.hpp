#pragma once

#include <cstdint>
#include <string>

#include "common/base/bytes.hpp"
#include "protocol/invite_link.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::protocol {

// What a client knows of a server before it sends it a byte. A plain value; it is no secret.
struct Introduction {
  std::string host;  // a name or an address; an IPv6 address stands without brackets
  std::uint16_t port = 0;
  Digest ca_pin{};  // SHA-256 of the CA certificate's SubjectPublicKeyInfo
};

inline Introduction introduction_of(const InviteLink& link) {
  return {link.host, link.port, link.ca_pin};
}

// "office.example:7443", with brackets around an IPv6 address.
inline std::string to_string(const Introduction& introduction) {
  return to_string(ServerAddress{introduction.host, introduction.port});
}

}  // namespace wardroom::protocol
