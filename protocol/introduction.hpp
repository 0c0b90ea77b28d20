#pragma once

#include <cstdint>
#include <string>

#include "common/base/bytes.hpp"

namespace wardroom::protocol {

// What a client knows of a server before it sends it a byte. A plain value; it is no secret.
struct Introduction {
  std::string host;  // a name or an address; an IPv6 address stands without brackets
  std::uint16_t port = 0;
  Digest ca_pin{};  // SHA-256 of the CA certificate's SubjectPublicKeyInfo
};

}  // namespace wardroom::protocol
