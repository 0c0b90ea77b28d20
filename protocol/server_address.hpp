#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/limits.hpp"

namespace wardroom::protocol {

// Where a server is, as a person types it.
struct ServerAddress {
  std::string host;  // an IPv6 address stands without brackets here
  std::uint16_t port = kDefaultPort;
};

// "office.example", "office.example:7443", "[fd00::1]:7443". Surrounding spaces and a
// final dot are forgiven.
std::optional<ServerAddress> parse_server_address(std::string_view text);
// A host name without the dot of DNS's root, which names the same host, and which no certificate has (RFC
// 6125).
std::string_view without_root(std::string_view host);
// "office.example:7443", with brackets around an IPv6 address.
std::string to_string(const ServerAddress& address);

}  // namespace wardroom::protocol
