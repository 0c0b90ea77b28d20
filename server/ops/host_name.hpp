#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::ops {

// A name or an address under which people reach the server; lower case, addresses in their shortest form.
struct HostName {
  enum class Kind { name, ipv4, ipv6 };
  std::string text;
  Kind kind = Kind::name;
  friend bool operator==(const HostName&, const HostName&) = default;
};

// "chat.example.org", "server", "192.0.2.7", "2001:db8::7". The error names the field "host".
Result<HostName> parse_host(std::string_view text);

// Several, separated by commas; at least one, each once.
Result<std::vector<HostName>> parse_hosts(std::string_view comma_separated);

}  // namespace wardroom::ops
