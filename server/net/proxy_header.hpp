#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardroom::net {

// The header with which a proxy begins a connection that it passes on: HAProxy's PROXY protocol
// (haproxy.org, doc/proxy-protocol.txt), version 2, and version 1, which is all that nginx can send.
struct ProxyHeader {
  enum class Kind {
    need_more,  // `wanted` more bytes, and none behind them
    client,     // `ip` is who connected to the proxy
    local,      // the proxy's own connection, to see whether we are there
    refused,    // `reason` says why, as a word for the log
  };
  Kind kind = Kind::need_more;
  std::size_t wanted = 0;
  std::string ip{};  // as text; IPv4 that came as IPv6 reads as IPv4
  std::string_view reason{};
};

// Longest part of version 2 behind the first 16 bytes. Addresses take 36; what proxies add to them is some
// tens.
inline constexpr std::size_t kMaxProxyPart = 1024;
// Longest line of version 1, which the protocol sets.
inline constexpr std::size_t kMaxProxyLine = 107;

// Reads what has come of a header so far. As long as exactly the wanted bytes are added, the header's last
// byte is the last one given, and what follows it on the connection is the client's.
ProxyHeader read_proxy_header(std::string_view bytes);

}  // namespace wardroom::net
